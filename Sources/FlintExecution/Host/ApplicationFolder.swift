public import FlintCore
internal import FlintSystem

/// The folder in which the nodes of an application's own process keep their files and sockets. It is gone when the
/// application is; one whose process was killed is removed by the next application.
///
/// All folders of a user stand in one of his own, so that whoever looks for what others have left meets nothing else: there
/// may be very many strangers' files beside it.
public struct ApplicationFolder: Sendable {
  /// Where it is. Only its user can enter it.
  public let path: FilePath
  private let files: any FileSystem
  /// Removes what others have left.
  private let sweep: Task<Void, Never>

  /// Makes the folder of the process with the number `process` below `parent`, and removes those of processes that are gone.
  ///
  /// Throws `permission-denied` when the user's own folder there is somebody else's, and the errors of files.
  public static func make(in parent: FilePath, process: Int32, context: NodeContext) async throws -> ApplicationFolder {
    let own = parent / "flint-\(SystemUser.number)"
    let random = String(UInt32(truncatingIfNeeded: context.randomness.next()), radix: 36)
    let path = own / "\(process)-\(random)"
    do {
      try await context.files.createDirectory(path)
    } catch let error as FlintError where error.code == .fileNotFound {
      // An application that has just ended has removed the user's own folder, since nothing was left in it.
      try await context.files.createDirectory(path)
    }
    // Once something of ours is in it nobody else can put another one in its place, if it is ours.
    guard let status = try await context.files.status(of: own), status.kind == .directory, status.isPrivate else {
      try? await context.files.remove(path)
      throw FlintError(
        .permissionDenied, "\(own) is open to others, or theirs", why: "working files are for their user alone",
        remedy: "remove it, or name another folder by flint.local.dir")
    }
    // Beside the start: nobody waits for what others have left.
    let sweep = Task(executorPreference: context.executors.control) { await clear(own, context) }
    return ApplicationFolder(path: path, files: context.files, sweep: sweep)
  }

  /// Removes it with all that is in it, and the user's own folder when it was the last. Throws the first error, after the rest
  /// is gone.
  public func remove() async throws {
    // Nothing of it may come to the loop after the end.
    sweep.cancel()
    await sweep.value
    try await files.removeTree(path)
    try? await files.remove(path.parent)
  }

  private static func clear(_ own: FilePath, _ context: NodeContext) async {
    guard let names = try? await context.files.list(own) else { return }
    for name in names {
      // Whoever cannot be looked for is left alone.
      guard let process = Int32(name.prefix { $0 != "-" }), await isGone(process, context) else { continue }
      try? await context.files.removeTree(own / name)
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
