/// Which values of a vector are there: a set bit for each that is not null.
public struct Validity: Sendable {
  /// The memory of the bits.
  public let buffer: ColumnBuffer
  /// The number of the first value's bit.
  public let start: Int

  /// The bits of `buffer` from number `start` on.
  public init(_ buffer: ColumnBuffer, start: Int = 0) {
    self.buffer = buffer
    self.start = start
  }

  /// The bits, while the buffer is kept alive.
  public var bits: BitPointer { BitPointer(buffer.start, start: start) }
}
