extension BlockRequest {
  /// The part as a range of a block of `count` bytes; nil when the block does not have it all. Peers ask for anything.
  public func range(in count: Int) -> Range<Int>? {
    guard let offset = Int(exactly: offset), let length = Int(exactly: length), length > 0, offset <= count,
      length <= count - offset
    else { return nil }
    return offset..<offset + length
  }
}
