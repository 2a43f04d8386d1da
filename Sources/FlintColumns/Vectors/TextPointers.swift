/// Where the texts of a vector lie, with or without a dictionary.
///
/// It holds no references, so that loops count none: who uses it keeps the vector alive.
struct TextPointers: BitwiseCopyable {
  private let codes: UnsafePointer<Int32>?
  private let offsets: UnsafePointer<Int32>
  private let bytes: UnsafePointer<UInt8>

  init(_ vector: Vector) {
    let texts = vector.dictionary ?? vector
    codes = vector.isDictionary ? vector.codes : nil
    (offsets, bytes) = (texts.offsets, texts.bytes)
  }

  /// The text of a row, which is not null.
  @inline(__always)
  subscript(row: Int) -> UnsafeBufferPointer<UInt8> {
    let value = codes.map { Int(truncatingIfNeeded: $0[row]) } ?? row
    let start = Int(truncatingIfNeeded: offsets[value])
    return UnsafeBufferPointer(start: bytes + start, count: Int(truncatingIfNeeded: offsets[value &+ 1]) &- start)
  }
}
