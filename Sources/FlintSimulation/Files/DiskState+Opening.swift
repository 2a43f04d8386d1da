internal import FlintCore

extension DiskState {
  /// The file that opening `path` gives, made or emptied as `mode` says.
  func open(_ path: FilePath, _ mode: FileOpenMode) throws -> FileNode {
    switch (nodes[path], mode) {
    case (_?, .createNew): throw FlintError(.fileExists, "cannot create \(path)", why: "it exists")
    case (let existing?, _) where existing.isDirectory:
      throw FlintError(.invalidArgument, "cannot open \(path)", why: "it is a directory")
    case (let existing?, _):
      if mode == .createOrTruncate, !existing.bytes.isEmpty { existing.apply(.truncate(size: 0)) }
      return existing
    case (nil, .read): throw FlintError(.fileNotFound, "cannot open \(path)", why: "there is no such file")
    case (nil, _):
      try requireDirectory(path.parent, for: path)
      let new = FileNode(isDirectory: false)
      rename([NameChange(path: path, node: new)])
      return new
    }
  }

  /// Throws `file-not-found` when `child` cannot be reached because `directory` is none.
  func requireDirectory(_ directory: FilePath, for child: FilePath) throws {
    guard nodes[directory]?.isDirectory == true else {
      throw FlintError(.fileNotFound, "cannot reach \(child)", why: "there is no directory \(directory)")
    }
  }
}
