internal import FlintCore

/// The FileSystem seam of a simulated process: the disk of its host, at the disk's speed and with its faults.
struct SimulatedFileSystem: FileSystem {
  private let disk: Confined<DiskState>

  init(disk: DiskState) {
    self.disk = Confined(disk)
  }

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile {
    let path = path.normalized
    return try await disk.value.perform(.open, path) { disk in
      let node: FileNode
      switch (disk.nodes[path], mode) {
      case (let existing?, _) where existing.isDirectory:
        throw FlintError(.inputOutput, "cannot open \(path)", why: "it is a directory")
      case (_?, .createNew): throw FlintError(.fileExists, "cannot create \(path)", why: "it exists")
      case (let existing?, _): node = existing
      case (nil, .read): throw FlintError(.fileNotFound, "cannot open \(path)", why: "there is no such file")
      case (nil, _):
        try requireDirectory(path.parent, on: disk, for: path)
        node = FileNode(isDirectory: false)
        disk.rename([DiskState.NameChange(path: path, node: node)])
      }
      if mode == .createOrTruncate, !node.bytes.isEmpty { node.apply(.truncate(size: 0)) }
      return SimulatedFile(path: path, node: node, isWritable: mode != .read, disk: self.disk)
    }
  }

  func status(of path: FilePath) async throws -> FileStatus? {
    let path = path.normalized
    return try await disk.value.perform(.open, path) { disk in
      disk.nodes[path].map { FileStatus(kind: $0.isDirectory ? .directory : .file, size: Int64($0.bytes.count)) }
    }
  }

  func list(_ directory: FilePath) async throws -> [String] {
    let directory = directory.normalized
    return try await disk.value.perform(.read, directory) { disk in
      try requireDirectory(directory, on: disk, for: directory)
      return disk.names(in: directory)
    }
  }

  func createDirectory(_ path: FilePath) async throws {
    let path = path.normalized
    try await disk.value.perform(.createDirectory, path) { disk in
      var missing: [FilePath] = []
      var next = path
      while disk.nodes[next] == nil {
        missing.append(next)
        next = next.parent
      }
      try requireDirectory(next, on: disk, for: path)
      for directory in missing.reversed() {
        disk.rename([DiskState.NameChange(path: directory, node: FileNode(isDirectory: true))])
      }
    }
  }

  func remove(_ path: FilePath) async throws {
    let path = path.normalized
    try await disk.value.perform(.remove, path) { disk in
      guard disk.nodes[path] != nil else { throw notFound("remove", path) }
      guard disk.descendants(of: path).isEmpty else {
        throw FlintError(.inputOutput, "cannot remove \(path)", why: "the directory is not empty")
      }
      disk.rename([DiskState.NameChange(path: path, node: nil)])
    }
  }

  func rename(_ source: FilePath, to destination: FilePath) async throws {
    let (source, destination) = (source.normalized, destination.normalized)
    try await disk.value.perform(.rename, source) { disk in
      guard disk.nodes[source] != nil else { throw notFound("rename", source) }
      try requireDirectory(destination.parent, on: disk, for: destination)
      if disk.nodes[destination]?.isDirectory == true, !disk.descendants(of: destination).isEmpty {
        throw FlintError(.fileExists, "cannot rename \(source) to \(destination)", why: "the directory is not empty")
      }
      disk.rename(disk.moves(of: source, to: destination))
    }
  }

  func exchange(_ first: FilePath, with second: FilePath) async throws {
    let (first, second) = (first.normalized, second.normalized)
    try await disk.value.perform(.rename, first) { disk in
      guard disk.nodes[first] != nil else { throw notFound("exchange", first) }
      guard disk.nodes[second] != nil else { throw notFound("exchange", second) }
      let moves = disk.moves(of: first, to: second) + disk.moves(of: second, to: first)
      // Removals first: a name that both sides have must keep what it gets.
      disk.rename(moves.filter { $0.node == nil } + moves.filter { $0.node != nil })
    }
  }

  func synchronizeDirectory(_ directory: FilePath) async throws {
    let directory = directory.normalized
    try await disk.value.perform(.synchronizeDirectory, directory) { disk in
      try requireDirectory(directory, on: disk, for: directory)
      disk.synchronizeNames(in: directory)
    }
  }

  func availableSpace(at path: FilePath) async throws -> ByteCount {
    try await disk.value.perform(.open, path) { disk in
      disk.faults.capacity.map { ByteCount(max(0, $0.bytes - Int64(disk.usedByteCount))) } ?? ByteCount(.max)
    }
  }

  private func requireDirectory(_ path: FilePath, on disk: DiskState, for child: FilePath) throws {
    guard let node = disk.nodes[path] else {
      throw FlintError(.fileNotFound, "cannot reach \(child)", why: "there is no directory \(path)")
    }
    guard node.isDirectory else {
      throw FlintError(.inputOutput, "cannot reach \(child)", why: "\(path) is not a directory")
    }
  }

  private func notFound(_ verb: String, _ path: FilePath) -> FlintError {
    FlintError(.fileNotFound, "cannot \(verb) \(path)", why: "there is no such file")
  }
}

extension FilePath {
  /// The path from the root, without empty components; a relative one counts from the root.
  fileprivate var normalized: FilePath { FilePath("/" + components.joined(separator: "/")) }
}
