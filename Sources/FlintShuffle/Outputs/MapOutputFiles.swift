public import FlintCore
public import FlintStorage
public import FlintWire

/// The map outputs in the files of one node, for whoever reads or serves them: executors, and the node's block service
/// after their death.
///
/// The newest files stay open. What was removed is not served from a file that is still open.
public actor MapOutputFiles: BlockProvider {
  private nonisolated let disk: DiskStore
  private var open: [(id: BlockID, file: MapOutputFile)] = []
  /// Files that are kept open.
  private static let openCount = 32

  /// It lives on the node's control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { disk.controlExecutor }

  /// The map outputs in `disk`.
  public init(_ disk: DiskStore) {
    self.disk = disk
  }

  /// A part of what a map task wrote for one reduce partition; nil for a block of another kind.
  public func part(of request: BlockRequest) async throws -> [UInt8]? {
    guard case .shuffleSegment(let shuffle, let map, let reduce) = request.block else { return nil }
    return try await read(shuffle, map, reduce, from: request.offset, count: request.length)
  }

  /// A part of what a map task wrote for one reduce partition, as it stands in its file.
  public func file(of request: BlockRequest) async throws -> BlockFileParts? {
    guard case .shuffleSegment(let shuffle, let map, let reduce) = request.block,
      let part = Range(request.offset, request.length), let partition = Int(exactly: reduce.rawValue)
    else { return nil }
    return try await file(.shuffleData(shuffle, map: map)).places(of: part, of: partition)
  }

  /// `count` bytes of what `map` wrote for `reduce`. Throws `file-not-found`, `corrupt-data`, and `invalid-argument` when it has
  /// not so many.
  func read(
    _ shuffle: ShuffleID, _ map: TaskAttempt, _ reduce: PartitionID, from offset: UInt64, count: UInt64
  ) async throws -> [UInt8] {
    let file = try await file(.shuffleData(shuffle, map: map))
    guard let part = Range(offset, count), let partition = Int(exactly: reduce.rawValue),
      let bytes = try await file.part(part, of: partition)
    else {
      throw FlintError(
        .invalidArgument, "\(request(shuffle, map, reduce)) has no \(count) bytes from byte \(offset) on")
    }
    return bytes
  }

  /// Forgets and removes the outputs of a shuffle, whoever wrote them.
  public func remove(_ shuffle: ShuffleID) async throws {
    func isOurs(_ id: BlockID) -> Bool {
      if case .shuffleData(shuffle, _) = id { true } else { false }
    }
    open.removeAll { isOurs($0.id) }
    for id in try await disk.blocks() where isOurs(id) { try await disk.remove(id) }
  }

  /// Closes all files.
  public func close() {
    open = []
  }

  // MARK: Helpers

  private func request(_ shuffle: ShuffleID, _ map: TaskAttempt, _ reduce: PartitionID) -> BlockID {
    .shuffleSegment(shuffle, map: map, reduce: reduce)
  }

  private func file(_ id: BlockID) async throws -> MapOutputFile {
    if let known = open.first(where: { $0.id == id })?.file {
      let isThere = try await disk.hasFile(known.block)
      open.removeAll { $0.id == id }
      if isThere {
        open.append((id, known))
        return known
      }
    }
    let file = try await MapOutputFile(try await disk.open(id))
    // Another reader may have opened it meanwhile. What is let go here is closed by its last reader.
    open.removeAll { $0.id == id }
    open.append((id, file))
    if open.count > Self.openCount { open.removeFirst() }
    return file
  }
}

extension Range<Int64> {
  /// `count` from `offset` on; nil when that is no range. Peers ask for anything.
  init?(_ offset: UInt64, _ count: UInt64) {
    guard let start = Int64(exactly: offset), let length = Int64(exactly: count) else { return nil }
    let (end, isTooFar) = start.addingReportingOverflow(length)
    guard !isTooFar, length <= Int32.max else { return nil }
    self = start..<end
  }
}
