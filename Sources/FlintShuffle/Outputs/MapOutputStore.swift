public import FlintCore
public import FlintStorage
public import FlintTasks
public import FlintWire

/// The map outputs of one executor: those in its memory, which count as cached blocks and go to disk when memory is short,
/// and those in the node's files.
public struct MapOutputStore: BlockProvider {
  private let blocks: BlockStore
  private let files: MapOutputFiles
  let disk: DiskStore

  /// No outputs, over the executor's `blocks`, whose files are in `disk`.
  public init(blocks: BlockStore, disk: DiskStore, files: MapOutputFiles) {
    self.blocks = blocks
    self.disk = disk
    self.files = files
  }

  /// What takes the rows of the map task that runs in `context`.
  public func writer(
    for shuffle: ShuffleID, partitionCount: Int, context: any TaskContext
  ) throws(FlintError) -> MapOutputWriter {
    try MapOutputWriter(shuffle, partitionCount: partitionCount, store: self, context: context)
  }

  /// Part of a segment of a shuffle, wherever this executor has it; nil for a block of another kind.
  public func part(of request: BlockRequest) async throws -> [UInt8]? {
    guard case .shuffleSegment(let shuffle, let map, let reduce) = request.block else { return nil }
    let found = try await blocks.withBlock(.shuffleData(shuffle, map: map)) { source -> MapOutput? in
      guard case .memory(.values(let output as MapOutput, _)) = source else { return nil }
      return output
    }
    guard case .some(.some(let output)) = found else { return try await files.part(of: request) }
    guard let part = Range(request.offset, request.length), let partition = Int(exactly: reduce.rawValue),
      let bytes = output.part(part, of: partition)
    else {
      throw FlintError(
        .invalidArgument, "\(request.block) has no \(request.length) bytes from byte \(request.offset) on")
    }
    return bytes
  }

  /// Part of a segment as it stands in a file of this node.
  public func file(of request: BlockRequest) async throws -> BlockFileParts? {
    guard case .shuffleSegment(let shuffle, let map, _) = request.block,
      await !blocks.holdsInMemory(.shuffleData(shuffle, map: map))
    else { return nil }
    return try await files.file(of: request)
  }

  /// Removes all that this executor and its node have of a shuffle.
  public func remove(_ shuffle: ShuffleID) async throws {
    await blocks.remove(where: { id in
      if case .shuffleData(shuffle, _) = id { true } else { false }
    })
    try await files.remove(shuffle)
  }

  /// Keeps an output in memory, or in a file when there is no room; false when it can be kept nowhere.
  func keep(_ output: MapOutput, _ shuffle: ShuffleID, _ map: TaskAttempt) async -> Bool {
    let content = BlockContent.values(output, size: ByteCount(Int64(output.data.count)))
    return await blocks.put(.shuffleData(shuffle, map: map), content, .memoryAndDisk)
  }
}
