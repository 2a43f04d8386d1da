internal import FlintCore

/// An open file of a simulated process.
final class SimulatedFile: OpenFile {
  private final class State {
    let node: FileNode
    private let process: Confined<ProcessState>
    private(set) var isClosed = false

    init(node: FileNode, process: Confined<ProcessState>) {
      self.node = node
      self.process = process
      process.value.openFileCount += 1
    }

    deinit { close() }

    func close() {
      if !isClosed { process.value.openFileCount -= 1 }
      isClosed = true
    }
  }

  let path: FilePath
  private let state: Confined<State>
  private let isWritable: Bool
  private let disk: Confined<DiskState>

  init(
    path: FilePath, node: FileNode, isWritable: Bool, disk: Confined<DiskState>, process: Confined<ProcessState>
  ) {
    self.path = path
    state = Confined(State(node: node, process: process))
    self.isWritable = isWritable
    self.disk = disk
  }

  func read(count: Int, at offset: Int64) async throws -> [UInt8] {
    try await perform(.read) { node, disk in
      let start = min(Int(offset), node.bytes.count)
      var bytes = Array(node.bytes[start..<min(start + count, node.bytes.count)])
      if !bytes.isEmpty, disk.engine.chances.chance(permille: disk.faults.readCorruptionPermille) {
        bytes[disk.engine.chances.below(bytes.count)] ^= 1 << UInt8(disk.engine.chances.below(8))
        disk.engine.probe("disk.read-corrupted")
      }
      return bytes
    }
  }

  func read(into slab: Slab, range: Range<Int>, at offset: Int64) async throws -> Int {
    let bytes = try await read(count: range.count, at: offset)
    UnsafeMutableRawBufferPointer(rebasing: slab.bytes[range]).copyBytes(from: bytes)
    return bytes.count
  }

  func write(_ bytes: [UInt8], at offset: Int64) async throws {
    try requireWritable()
    try await perform(.write) { [path] node, disk in
      let growth = max(0, Int(offset) + bytes.count - node.bytes.count)
      let room = disk.faults.capacity.map { max(0, Int($0.bytes) - disk.usedByteCount) } ?? .max
      guard growth <= room else {
        // A full disk takes what still fits.
        node.apply(.write(offset: Int(offset), bytes: Array(bytes.prefix(max(0, bytes.count - growth + room)))))
        disk.engine.probe("disk.disk-full")
        throw FlintError(.diskFull, "cannot write \(path)", why: "the disk is full")
      }
      node.apply(.write(offset: Int(offset), bytes: bytes))
    }
  }

  func write(_ slab: Slab, range: Range<Int>, at offset: Int64) async throws {
    try await write(Array(slab.bytes[range]), at: offset)
  }

  func size() async throws -> Int64 {
    try await perform(.read) { node, _ in Int64(node.bytes.count) }
  }

  func truncate(to size: Int64) async throws {
    try requireWritable()
    try await perform(.truncate) { node, _ in node.apply(.truncate(size: Int(size))) }
  }

  func synchronize() async throws {
    do {
      try await perform(.synchronize) { node, _ in node.synchronize() }
    } catch let error as FlintError where error.code == .inputOutput {
      state.value.node.loseUnsynced()
      throw error
    }
  }

  func close() async throws {
    state.value.close()
  }

  private func perform<Value>(
    _ operation: DiskFaults.Operation, _ body: (FileNode, DiskState) throws -> Value
  ) async throws -> Value {
    guard !state.value.isClosed else {
      throw FlintError(.invalidArgument, "cannot \(operation.rawValue) \(path)", why: "the file was closed")
    }
    return try await disk.value.perform(operation, path) { disk in try body(state.value.node, disk) }
  }

  private func requireWritable() throws {
    guard isWritable else {
      throw FlintError(.invalidArgument, "cannot write \(path)", why: "it was opened to read")
    }
  }
}
