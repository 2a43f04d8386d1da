public import FlintCore
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
    pieceLength = max(1, Int(limits.resultChunk.bytes))
  }

  /// Keeps `content` under a new number.
  func add(_ content: [UInt8]) -> BroadcastID {
    let id = ids.next()
    contents[id] = content
    return id
  }

  /// Lets a broadcast go; returns the pieces that executors may have.
  func remove(_ broadcast: BroadcastID) -> [BlockID] {
    guard let content = contents.removeValue(forKey: broadcast) else { return [] }
    return (0..<pieceCount(of: content)).map { .broadcast(broadcast, piece: UInt32($0)) }
  }

  /// A piece of a broadcast; nil when there is none.
  public func piece(_ index: UInt32, of broadcast: BroadcastID) -> ArraySlice<UInt8>? {
    guard let content = contents[broadcast], Int(index) < pieceCount(of: content) else { return nil }
    let start = Int(index) * pieceLength
    return content[start..<min(start + pieceLength, content.count)]
  }

  /// All of a broadcast; nil when there is none.
  public func content(of broadcast: BroadcastID) -> [UInt8]? { contents[broadcast] }

  /// A part of a piece of a broadcast; nil for other blocks.
  public func part(of request: BlockRequest) throws -> [UInt8]? {
    guard case .broadcast(let broadcast, let index) = request.block else { return nil }
    guard let piece = piece(index, of: broadcast) else {
      throw FlintError(.fileNotFound, "there is no \(request.block)")
    }
    guard let range = request.range(in: piece.count) else {
      throw FlintError(.invalidArgument, "\(request.block) has \(piece.count) bytes, and other ones are asked for")
    }
    return Array(piece[piece.startIndex + range.lowerBound..<piece.startIndex + range.upperBound])
  }

  /// How long a piece is, or for the piece that no broadcast has, the last that can be counted, all of it together.
  public func length(of block: BlockID) throws -> UInt64? {
    guard case .broadcast(let broadcast, let index) = block else { return nil }
    let count = index == .max ? contents[broadcast]?.count : piece(index, of: broadcast)?.count
    guard let count else { throw FlintError(.fileNotFound, "there is no \(block)") }
    return UInt64(count)
  }

  /// An empty one has one empty piece.
  private func pieceCount(of content: [UInt8]) -> Int { max(1, (content.count + pieceLength - 1) / pieceLength) }
}
