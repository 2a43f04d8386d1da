public import FlintCore

/// Where a node keeps the files of all applications: one directory for each, below one that only its owner can enter.
public struct WorkDirectory: Sendable {
  /// The directory with those of the applications.
  public let path: FilePath
  private let files: any FileSystem
  private static let prefix = "application."

  /// The work directory at `path`; it need not exist yet.
  public init(_ path: FilePath, files: any FileSystem) {
    self.path = path
    self.files = files
  }

  static func path(of application: ApplicationID, in directory: FilePath) -> FilePath {
    directory / (prefix + "\(application.rawValue)")
  }

  /// The applications that have a directory, by number.
  public func applications() async throws -> [ApplicationID] {
    guard try await files.status(of: path) != nil else { return [] }
    return try await files.list(path).compactMap(Self.application).sorted()
  }

  /// Removes everything of the applications that are not in `living`, and nothing else.
  ///
  /// Symbolic links are removed and not followed. What cannot be removed does not keep the rest from it: the first error
  /// is thrown at the end.
  public func sweep(keeping living: Set<ApplicationID>) async throws {
    var failure: (any Error)?
    for application in try await applications() where !living.contains(application) {
      do { try await files.removeTree(Self.path(of: application, in: path)) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  private static func application(_ name: String) -> ApplicationID? {
    guard name.hasPrefix(prefix), let number = UInt64(name.dropFirst(prefix.count)) else { return nil }
    let application = ApplicationID(rawValue: number)
    return name == prefix + "\(number)" ? application : nil
  }
}
