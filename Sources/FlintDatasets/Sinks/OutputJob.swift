package import FlintCore
internal import FlintLayout
package import FlintLineage
package import FlintTasks

/// Writes an output exactly once, on the driver: all of it appears in one step, or nothing.
///
/// Tasks write into a staging folder beside the output. At the end what late tries still have is moved out of their reach, every
/// part's length is held against the manifest, the manifest is written and synced as `_SUCCESS`, and the folder gets the
/// output's name.
package struct OutputJob {
  let files: any FileSystem
  let output: FilePath
  let staged: StagedOutput
  let mode: OutputMode
  /// Whether each task writes files of several folders.
  let hasFolders: Bool
  private let site: OperatorSite
  let log: Logger

  /// The output of `partitionCount` parts at `path`.
  ///
  /// - Parameter hasFolders: whether tasks write by ``FolderWriter``.
  package init(
    _ path: String, suffix: String, partitionCount: Int, mode: OutputMode = .new, hasFolders: Bool = false,
    _ site: OperatorSite, context: NodeContext
  ) throws {
    let given = FilePath(path)
    guard !given.name.isEmpty, given.name != ".", given.name != ".." else {
      throw FlintError(.invalidArgument, "\"\(path)\" is no path for an output", at: site.location)
    }
    files = context.files
    output = given.parent / given.name
    let token = String(context.randomness.next(), radix: 36)
    staged = StagedOutput(
      folder: given.parent / ".flint-staging-\(given.name)-\(token)", suffix: suffix,
      token: mode.isBeside ? token : "", partitionCount: partitionCount)
    self.mode = mode
    self.hasFolders = hasFolders
    self.site = site
    log = context.log
  }

  /// Whether something is at the path.
  package var isThere: Bool {
    get async throws { try await files.status(of: output) != nil }
  }

  /// Runs the job that writes the parts, and publishes them. When anything fails, nothing is left.
  package func run(
    _ session: Session, _ node: LineageNode, _ sink: (StagedOutput) -> ResultFactory
  ) async throws -> [OutputPart] {
    try node.checkOperations()
    try await requireNothing()
    let missing = try await missingParents()
    do {
      try await files.createDirectory(staged.attempts)
      try await files.createDirectory(staged.output)
      var parts: [PartitionID: [OutputPart]] = [:]
      try await session.run(node, site, sink(staged)) { result in
        let lines = try RowBlock.decode(result.bytes, as: OutputPart.self)
        guard hasFolders || lines.count == 1 else {
          throw FlintError(.corruptData, "\(result.partition) was written without a line for the manifest")
        }
        parts[result.partition] = lines
      }
      let manifest = node.allPartitions.flatMap { parts[$0] ?? [] }
      try await publish(node.allPartitions.map { ($0, parts[$0] ?? []) }, manifest)
      await session.runtime.committed(output.string)
      return manifest
    } catch {
      await Task { await clear(andParents: missing) }.value
      throw site.located(error)
    }
  }

  /// Throws `file-exists` when something is at the path and must not be.
  package func requireNothing() async throws {
    guard mode == .new, try await isThere else { return }
    throw FlintError(
      .fileExists, "the output \(output) exists already",
      remedy: "remove it, or write to another path", at: site.location)
  }

  /// The folders above the output that are not there, the deepest first.
  private func missingParents() async throws -> [FilePath] {
    var missing: [FilePath] = []
    var folder = output.parent
    while folder != "." && folder != "/", try await files.status(of: folder) == nil {
      missing.append(folder)
      folder = folder.parent
    }
    return missing
  }

  private func clear(andParents missing: [FilePath]) async {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.stagingLeft) { return }
    #endif
    try? await files.rename(staged.attempts, to: staged.ended)
    try? await files.removeTree(FilePath(staged.folder))
    for folder in missing { try? await files.remove(folder) }
  }
}
