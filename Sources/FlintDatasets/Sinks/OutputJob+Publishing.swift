internal import FlintCore
internal import FlintLineage

extension OutputJob {
  /// Makes the parts that were committed the output, or a part of it.
  func publish(_ committed: [(PartitionID, [OutputPart])], _ parts: [OutputPart]) async throws {
    // From here on a late try finds nothing that it could move into the output.
    try await files.rename(staged.attempts, to: staged.ended)
    let folder = hasFolders ? staged.assembled : staged.output
    if hasFolders { try await assemble(committed) } else { try await checkNames(parts) }
    for part in parts { try await check(part, in: folder) }
    if mode.isBeside, try await isThere {
      try await OutputMerge(files: files, output: output, staged: folder, parts: parts, mode: mode).publish()
    } else {
      try await writeManifest(parts.map(\.json), in: folder)
      try await files.synchronizeDirectory(folder)
      try await requireNothing()
      if mode == .replacing, try await isThere {
        // What was there goes with the staging folder.
        try await files.exchange(folder, with: output)
      } else {
        try await files.rename(folder, to: output)
      }
    }
    // The output is there: nothing that happens from here on may say otherwise.
    await Task {
      do { try await files.synchronizeDirectory(output.parent) } catch {
        log.warning("the output may not survive a crash of the machine", ["path": "\(output)", "error": "\(error)"])
      }
      try? await files.removeTree(FilePath(staged.folder))
    }.value
  }

  /// Puts the folders of all tasks into one.
  private func assemble(_ committed: [(PartitionID, [OutputPart])]) async throws {
    try await files.createDirectory(staged.assembled)
    var made: [FilePath] = []
    for (partition, parts) in committed {
      for part in parts {
        let target = staged.assembled / part.name
        if !made.contains(target.parent) {
          try await files.createDirectory(target.parent)
          made.append(target.parent)
        }
        try await files.rename(staged.output / staged.name(of: partition) / part.name, to: target)
      }
    }
    for folder in made where folder != staged.assembled { try await files.synchronizeDirectory(folder) }
  }

  private func checkNames(_ parts: [OutputPart]) async throws {
    let names = try await files.list(staged.output)
    guard names == parts.map(\.name) else {
      throw FlintError(
        .corruptData, "the staging folder of \(output) does not hold the parts that were committed",
        why: "it holds \(names.count) files, and \(parts.count) parts were committed")
    }
  }

  private func check(_ part: OutputPart, in folder: FilePath) async throws {
    let status = try await files.status(of: folder / part.name)
    guard let status, status.kind == .file, status.size == part.bytes else {
      throw FlintError(
        .corruptData, "\(part.name) of \(output) is not what a task has committed",
        why: "the task wrote \(part.bytes) bytes, and the driver sees \(status.map { "\($0.size)" } ?? "no file")",
        remedy: "write to a path that driver and executors share")
    }
  }

  private func writeManifest(_ lines: [String], in folder: FilePath) async throws {
    #if FLINT_PLANTED_RUNTIME
      let isSynced = !RuntimeBug.has(.manifestNotSynced)
    #else
      let isSynced = true
    #endif
    try await OutputManifest.write(lines, to: folder / OutputManifest.name, files: files, isSynced: isSynced)
  }
}
