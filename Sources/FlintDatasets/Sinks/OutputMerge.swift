internal import FlintCore

/// Puts an output beside what is at its path already: files one after another under names that nobody has, or whole folders
/// for those of their names. When a step fails, those before it are taken back.
///
/// The manifest is what says that all of it is there. It gets its place last, in one step: who reads by it sees all of the new
/// output or nothing.
struct OutputMerge {
  let files: any FileSystem
  let output: FilePath
  /// The folder of the new output.
  let staged: FilePath
  let parts: [OutputPart]
  let mode: OutputMode

  /// A path of both folders that was moved into the output.
  private struct Step {
    let path: String
    /// Whether what was there is in the staging folder now.
    let isExchange: Bool
  }

  func publish() async throws {
    let manifest = output / OutputManifest.name
    let known = try await OutputManifest.lines(of: manifest, files: files)
    let gone = mode == .replacingFolders ? Set(parts.compactMap { Self.folder(of: $0.name) }) : []
    let kept = (known ?? []).filter { line in Self.folder(of: line.name).map { !gone.contains($0) } ?? true }
    var done: [Step] = []
    var folders: [FilePath] = []
    do {
      for path in paths {
        folders += try await makeParents(of: path)
        done.append(try await move(path))
      }
      for folder in changedFolders { try await files.synchronizeDirectory(folder) }
      let other = known == nil ? try await files.status(of: manifest) : nil
      if other == nil {
        let staging = staged / OutputManifest.name
        try await OutputManifest.write(kept.map(\.json) + parts.map(\.json), to: staging, files: files)
        try await files.rename(staging, to: manifest)
      }
      try await files.synchronizeDirectory(output)
    } catch {
      let (done, folders) = (done, folders)
      await Task { await takeBack(done, folders) }.value
      throw error
    }
  }

  /// What is moved: files, or the folders in which they are.
  private var paths: [String] {
    guard mode == .replacingFolders else { return parts.map(\.name) }
    var folders: [String] = []
    for part in parts {
      let path = Self.folder(of: part.name) ?? part.name
      if folders.last != path, !folders.contains(path) { folders.append(path) }
    }
    return folders
  }

  private static func folder(of name: String) -> String? {
    name.lastIndex(of: "/").map { String(name[..<$0]) }
  }

  private var changedFolders: [FilePath] {
    var changed: [FilePath] = []
    for path in paths {
      let folder = (output / path).parent
      if !changed.contains(folder) { changed.append(folder) }
    }
    return changed
  }

  /// Makes the folders in which a path is, and returns those that were missing.
  private func makeParents(of path: String) async throws -> [FilePath] {
    var missing: [FilePath] = []
    var folder = (output / path).parent
    while folder != output, try await files.status(of: folder) == nil {
      missing.append(folder)
      folder = folder.parent
    }
    if let deepest = missing.first { try await files.createDirectory(deepest) }
    return missing.reversed()
  }

  private func move(_ path: String) async throws -> Step {
    let isExchange = mode == .replacingFolders ? try await files.status(of: output / path) != nil : false
    if isExchange {
      try await files.exchange(staged / path, with: output / path)
    } else {
      try await files.rename(staged / path, to: output / path)
    }
    return Step(path: path, isExchange: isExchange)
  }

  private func takeBack(_ done: [Step], _ folders: [FilePath]) async {
    for step in done.reversed() {
      if step.isExchange {
        try? await files.exchange(staged / step.path, with: output / step.path)
      } else {
        try? await files.rename(output / step.path, to: staged / step.path)
      }
    }
    for folder in folders.reversed() { try? await files.remove(folder) }
  }
}
