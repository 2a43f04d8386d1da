internal import FlintCore

/// The FileSystem seam of a simulated process: the disk of its host, at the disk's speed and with its faults.
struct SimulatedFileSystem: FileSystem {
  private let disk: Confined<DiskState>
  private let process: Confined<ProcessState>

  init(disk: DiskState, process: ProcessState) {
    self.disk = Confined(disk)
    self.process = Confined(process)
  }

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile {
    let path = try path.resolved()
    return try await disk.value.perform(.open, path) { disk in
      let node = try disk.open(path, mode)
      return SimulatedFile(path: path, node: node, isWritable: mode != .read, disk: self.disk, process: process)
    }
  }

  func status(of path: FilePath) async throws -> FileStatus? {
    // The empty path is that of nothing, as for a real system.
    guard !path.string.isEmpty else { return nil }
    let path = try path.resolved()
    return try await disk.value.perform(.open, path) { disk in
      disk.nodes[path].map { FileStatus(kind: $0.isDirectory ? .directory : .file, size: Int64($0.bytes.count)) }
    }
  }

  func list(_ directory: FilePath) async throws -> [String] {
    let directory = try directory.resolved()
    return try await disk.value.perform(.read, directory) { disk in
      try disk.requireDirectory(directory, for: directory)
      return disk.names(in: directory)
    }
  }

  func createDirectory(_ path: FilePath) async throws {
    let path = try path.resolved()
    try await disk.value.perform(.createDirectory, path) { disk in
      var missing: [FilePath] = []
      var next = path
      while disk.nodes[next] == nil {
        missing.append(next)
        next = next.parent
      }
      guard disk.nodes[next]?.isDirectory == true else {
        throw FlintError(.fileExists, "cannot make the directory \(path)", why: "\(next) is a file")
      }
      for directory in missing.reversed() {
        disk.rename([DiskState.NameChange(path: directory, node: FileNode(isDirectory: true))])
      }
    }
  }

  func remove(_ path: FilePath) async throws {
    let path = try path.resolved()
    try await disk.value.perform(.remove, path) { disk in
      guard disk.nodes[path] != nil else { throw notFound("remove", path) }
      guard disk.descendants(of: path).isEmpty else {
        throw FlintError(.fileExists, "cannot remove \(path)", why: "the directory is not empty")
      }
      disk.rename([DiskState.NameChange(path: path, node: nil)])
    }
  }

  func rename(_ source: FilePath, to destination: FilePath) async throws {
    let (source, destination) = (try source.resolved(), try destination.resolved())
    try await disk.value.perform(.rename, source) { disk in
      guard let node = disk.nodes[source] else { throw notFound("rename", source) }
      try disk.requireDirectory(destination.parent, for: destination)
      guard source != destination else { return }
      if let refusal = refusal(ofMoving: node, source, onto: destination, on: disk) {
        throw FlintError(refusal.code, "cannot rename \(source) to \(destination)", why: refusal.why)
      }
      disk.rename(disk.moves(of: source, to: destination))
    }
  }

  /// Why a system would not put `node` in the place of what stands at `destination`.
  private func refusal(
    ofMoving node: FileNode, _ source: FilePath, onto destination: FilePath, on disk: DiskState
  ) -> (code: FlintError.Code, why: String)? {
    if destination.isBelow(source) { return (.invalidArgument, "a directory cannot be moved into itself") }
    guard let replaced = disk.nodes[destination] else { return nil }
    switch (node.isDirectory, replaced.isDirectory) {
    case (false, true): return (.invalidArgument, "\(destination) is a directory")
    case (true, false): return (.fileNotFound, "\(destination) is no directory")
    case (true, true) where !disk.descendants(of: destination).isEmpty:
      return (.fileExists, "the directory is not empty")
    case (true, true), (false, false): return nil
    }
  }

  func exchange(_ first: FilePath, with second: FilePath) async throws {
    let (first, second) = (try first.resolved(), try second.resolved())
    try await disk.value.perform(.rename, first) { disk in
      guard disk.nodes[first] != nil else { throw notFound("exchange", first) }
      guard disk.nodes[second] != nil else { throw notFound("exchange", second) }
      guard !first.isBelow(second), !second.isBelow(first) else {
        throw FlintError(.invalidArgument, "cannot exchange \(first) and \(second)", why: "one lies in the other")
      }
      let moves = disk.moves(of: first, to: second) + disk.moves(of: second, to: first)
      // Removals first: a name that both sides have must keep what it gets.
      disk.rename(moves.filter { $0.node == nil } + moves.filter { $0.node != nil })
    }
  }

  func synchronizeDirectory(_ directory: FilePath) async throws {
    let directory = try directory.resolved()
    try await disk.value.perform(.synchronizeDirectory, directory) { disk in
      try disk.requireDirectory(directory, for: directory)
      disk.synchronizeNames(in: directory)
    }
  }

  func availableSpace(at path: FilePath) async throws -> ByteCount {
    let path = try path.resolved()
    return try await disk.value.perform(.open, path) { disk in
      guard disk.nodes[path] != nil else { throw notFound("ask for the space at", path) }
      return disk.faults.capacity.map { ByteCount(max(0, $0.bytes - Int64(disk.usedByteCount))) } ?? ByteCount(.max)
    }
  }

  private func notFound(_ verb: String, _ path: FilePath) -> FlintError {
    FlintError(.fileNotFound, "cannot \(verb) \(path)", why: "there is no such file")
  }
}
