/// A block in memory that somebody reads: it is not evicted while this object lives.
public final class BlockLease: Sendable {
  /// What it holds.
  public let content: BlockContent
  private let end: @Sendable () -> Void

  init(_ content: BlockContent, end: @escaping @Sendable () -> Void) {
    self.content = content
    self.end = end
  }

  deinit { end() }
}
