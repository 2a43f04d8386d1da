public import FlintCore
internal import FlintExecution
public import FlintStorage
public import FlintWire

/// What the driver has broadcast, in pieces, until nobody can ask for it any more.
public actor BroadcastStore: BlockProvider {
  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private nonisolated let pieceLength: Int
  private let ids = IdentifierGenerator<BroadcastID>()
  private var contents: [BroadcastID: [UInt8]] = [:]

  /// Nothing yet.
  public init(context: NodeContext, limits: Limits) {
    self.context = context
    pieceLength = Int(min(limits.resultChunk, limits.fetchRequest).bytes)
  }

  /// Keeps `content` under a new number.
  func add(_ content: [UInt8]) -> BroadcastID {
    let id = ids.next()
    contents[id] = content
    return id
  }

  /// Lets a broadcast go; returns the blocks that executors may have.
  func remove(_ broadcast: BroadcastID) -> [BlockID] {
    guard let content = contents.removeValue(forKey: broadcast) else { return [] }
    return (0...pieceCount(of: content)).map { .broadcast(broadcast, piece: UInt32($0)) }
  }

  /// A block of a broadcast: its head is number 0, its pieces come behind; nil when there is none.
  public func block(_ index: UInt32, of broadcast: BroadcastID) -> ArraySlice<UInt8>? {
    guard let content = contents[broadcast] else { return nil }
    guard index > 0 else { return BroadcastSource.head(count: content.count, pieceLength: pieceLength)[...] }
    guard Int(index) <= pieceCount(of: content) else { return nil }
    let start = (Int(index) - 1) * pieceLength
    return content[start..<min(start + pieceLength, content.count)]
  }

  /// A part of a piece of a broadcast; nil for other blocks.
  public func part(of request: BlockRequest) throws -> [UInt8]? {
    guard case .broadcast(let broadcast, let index) = request.block else { return nil }
    guard let piece = block(index, of: broadcast) else {
      throw FlintError(.fileNotFound, "there is no \(request.block)")
    }
    guard let range = request.range(in: piece.count) else {
      throw FlintError(.invalidArgument, "\(request.block) has \(piece.count) bytes, and other ones are asked for")
    }
    return Array(piece[piece.startIndex + range.lowerBound..<piece.startIndex + range.upperBound])
  }

  private func pieceCount(of content: [UInt8]) -> Int { (content.count + pieceLength - 1) / pieceLength }
}
