internal import FlintCore
internal import FlintStorage
internal import FlintTasks
internal import Synchronization

/// A partition in memory, batch by batch. As bytes each batch stands behind its length in eight bytes.
final class KeptContent: BlockValues {
  /// What the batches are.
  enum Batches: Sendable {
    /// Rows as they are.
    case rows([any KeptBatch])
    /// Bytes, each behind its length.
    case bytes([[UInt8]])
  }

  static let headLength = 8

  private let batches: Batches
  /// Where each piece begins, and where the last one ends; known once somebody has asked.
  private let places = Mutex<[Int]?>(nil)

  init(_ batches: Batches) {
    self.batches = batches
  }

  /// Whether its rows are there as they are.
  var holdsRows: Bool {
    switch batches {
    case .rows: true
    case .bytes: false
    }
  }

  var pieceCount: Int {
    switch batches {
    case .rows(let batches): batches.count
    case .bytes(let batches): batches.count
    }
  }

  func piece(_ index: Int) throws -> [UInt8] {
    switch batches {
    case .rows(let batches): Self.framed(try batches[index].encoded())
    case .bytes(let batches): batches[index]
    }
  }

  /// A batch for one stream.
  func batch(_ index: Int, _ codec: any BatchCodec) throws -> AnyRowBatch {
    switch batches {
    case .rows(let batches): batches[index].batch()
    case .bytes(let batches): try codec.decode(Array(batches[index].dropFirst(Self.headLength)))
    }
  }

  /// A batch's bytes behind their length.
  static func framed(_ batch: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headLength + batch.count)
    withUnsafeBytes(of: UInt64(batch.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes += batch
    return bytes
  }

  // MARK: For others

  /// How many bytes it has. Rows become bytes for that, with room for others on the way.
  func length() async throws -> Int { try await bounds().last ?? 0 }

  /// Some of its bytes; nil when it has not so many. Rows become bytes again, those alone that are asked for.
  func part(_ range: (Int) -> Range<Int>?) async throws -> [UInt8]? {
    let bounds = try await bounds()
    guard let range = range(bounds.last ?? 0) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in 0..<pieceCount where bounds[index + 1] > range.lowerBound && bounds[index] < range.upperBound {
      let piece = try piece(index)
      let wanted = range.clamped(to: bounds[index]..<bounds[index + 1])
      bytes += piece[wanted.lowerBound - bounds[index]..<wanted.upperBound - bounds[index]]
      await Task.yield()
    }
    return bytes
  }

  private func bounds() async throws -> [Int] {
    if let known = places.withLock({ $0 }) { return known }
    var bounds = [0]
    var end = 0
    for index in 0..<pieceCount {
      switch batches {
      case .rows(let batches): end += Self.headLength + (try batches[index].encoded().count)
      case .bytes(let batches): end += batches[index].count
      }
      bounds.append(end)
      if holdsRows { await Task.yield() }
    }
    places.withLock { $0 = bounds }
    return bounds
  }
}
