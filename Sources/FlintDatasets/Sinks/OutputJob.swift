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
  private let files: any FileSystem
  private let output: FilePath
  private let staged: StagedOutput
  /// Whether what stands at the path goes for the new output.
  private let replaces: Bool
  private let site: OperatorSite
  private let log: Logger

  /// The output of `partitionCount` parts at `path`.
  ///
  /// - Parameter replaces: whether the output takes the place of what is there; if not, that is an error.
  package init(
    _ path: String, suffix: String, partitionCount: Int, replaces: Bool = false, _ site: OperatorSite,
    context: NodeContext
  ) throws {
    let given = FilePath(path)
    guard !given.name.isEmpty, given.name != ".", given.name != ".." else {
      throw FlintError(.invalidArgument, "\"\(path)\" is no path for an output", at: site.location)
    }
    files = context.files
    output = given.parent / given.name
    let token = String(context.randomness.next(), radix: 36)
    staged = StagedOutput(
      folder: given.parent / ".flint-staging-\(given.name)-\(token)", suffix: suffix, partitionCount: partitionCount)
    self.replaces = replaces
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
      var parts: [PartitionID: OutputPart] = [:]
      try await session.run(node, site, sink(staged)) { result in
        guard let part = try RowBlock.decode(result.bytes, as: OutputPart.self).first else {
          throw FlintError(.corruptData, "\(result.partition) was written without a line for the manifest")
        }
        parts[result.partition] = part
      }
      let manifest = node.allPartitions.compactMap { parts[$0] }
      try await publish(manifest)
      await session.runtime.committed(output.string)
      return manifest
    } catch {
      await Task { await clear(andParents: missing) }.value
      throw site.located(error)
    }
  }

  private func publish(_ parts: [OutputPart]) async throws {
    // From here on a late try finds nothing that it could move into the output.
    try await files.rename(staged.attempts, to: staged.ended)
    for part in parts { try await check(part) }
    let names = try await files.list(staged.output)
    guard names == parts.map(\.name) else {
      throw FlintError(
        .corruptData, "the staging folder of \(output) does not hold the parts that were committed",
        why: "it holds \(names.count) files, and \(parts.count) parts were committed")
    }
    try await writeManifest(parts)
    try await files.synchronizeDirectory(staged.output)
    try await requireNothing()
    if replaces, try await isThere {
      // What was there goes with the staging folder.
      try await files.exchange(staged.output, with: output)
    } else {
      try await files.rename(staged.output, to: output)
    }
    // The output is there: nothing that happens from here on may say otherwise.
    await Task {
      do { try await files.synchronizeDirectory(output.parent) } catch {
        log.warning("the output may not survive a crash of the machine", ["path": "\(output)", "error": "\(error)"])
      }
      try? await files.removeTree(FilePath(staged.folder))
    }.value
  }

  private func check(_ part: OutputPart) async throws {
    let status = try await files.status(of: staged.output / part.name)
    guard let status, status.kind == .file, status.size == part.bytes else {
      throw FlintError(
        .corruptData, "\(part.name) of \(output) is not what a task has committed",
        why: "the task wrote \(part.bytes) bytes, and the driver sees \(status.map { "\($0.size)" } ?? "no file")",
        remedy: "write to a path that driver and executors share")
    }
  }

  private func writeManifest(_ parts: [OutputPart]) async throws {
    let lines = parts.map(\.json).joined(separator: ",\n")
    let text = "{\"version\":1,\"parts\":[\n\(lines)\n]}\n"
    let file = try await files.open(staged.output / "_SUCCESS", .createNew)
    try await file.write(Array(text.utf8), at: 0)
    #if FLINT_PLANTED_RUNTIME
      if !RuntimeBug.has(.manifestNotSynced) { try await file.synchronize() }
    #else
      try await file.synchronize()
    #endif
    try await file.close()
  }

  private func requireNothing() async throws {
    guard !replaces, try await isThere else { return }
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
