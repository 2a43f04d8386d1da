public import FlintCore

/// The folder in which the nodes of an application's own process keep their files and sockets. It is gone when the
/// application is; one whose process was killed is removed by the next application.
public struct ApplicationFolder: Sendable {
  /// Where it is. Only its user can enter it.
  public let path: FilePath
  private let files: any FileSystem
  private static let prefix = "flint-"

  /// Makes the folder of the process with the number `process` in `parent`, and removes those of processes that are gone.
  ///
  /// Throws the errors of files.
  public static func make(in parent: FilePath, process: Int32, context: NodeContext) async throws -> ApplicationFolder {
    await sweep(parent, context)
    let random = String(UInt32(truncatingIfNeeded: context.randomness.next()), radix: 36)
    let path = parent / "\(prefix)\(process)-\(random)"
    try await context.files.createDirectory(path)
    return ApplicationFolder(path: path, files: context.files)
  }

  /// Removes it with all that is in it. Throws the first error, after the rest is gone.
  public func remove() async throws { try await files.removeTree(path) }

  private static func sweep(_ parent: FilePath, _ context: NodeContext) async {
    guard let names = try? await context.files.list(parent) else { return }
    for name in names where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" }) else { continue }
      // Whoever cannot be looked for is left alone, and so are folders of other users.
      guard await isGone(process, context) else { continue }
      try? await context.files.removeTree(parent / name)
    }
  }

  private static func isGone(_ process: Int32, _ context: NodeContext) async -> Bool {
    do {
      return try await context.files.status(of: FilePath("/proc/\(process)")) == nil
    } catch {
      return false
    }
  }
}
