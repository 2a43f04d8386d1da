/// About how much memory rows of one type take, learned from rows that became bytes.
public struct RowWeight: Sendable {
  /// The row itself.
  public let stride: Int
  /// Whether there is nothing outside of the row itself.
  public let isPlain: Bool
  /// What a row refers to: texts, arrays. A first guess until rows were seen.
  public private(set) var payload: Int

  /// Of `Row`s.
  @inlinable
  public init<Row>(of _: Row.Type) {
    self.init(stride: MemoryLayout<Row>.stride, isPlain: _isPOD(Row.self))
  }

  @usableFromInline
  init(stride: Int, isPlain: Bool) {
    self.stride = max(stride, 1)
    self.isPlain = isPlain
    payload = isPlain ? 0 : stride
  }

  /// Bytes a row.
  public var bytes: Int { stride + payload }

  /// Takes in that `count` rows became `size` bytes.
  public mutating func learn(count: Int, size: Int) {
    guard !isPlain, count > 0 else { return }
    // Every text or array has a header, and the allocator rounds up.
    let now = size / count * 3 / 2
    payload = payload == 0 ? now : (payload * 3 + now) / 4
  }

  /// Bytes a row, by one block alone.
  func bytes(count: Int, size: Int) -> Int {
    var weight = self
    weight.learn(count: count, size: size)
    return weight.bytes
  }
}
