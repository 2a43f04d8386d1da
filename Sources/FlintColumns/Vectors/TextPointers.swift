internal import Glibc

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
    let value = value(row)
    let start = Int(truncatingIfNeeded: offsets[value])
    return UnsafeBufferPointer(start: bytes + start, count: Int(truncatingIfNeeded: offsets[value &+ 1]) &- start)
  }

  /// How many bytes the text of a row has.
  @inline(__always)
  func length(_ row: Int) -> Int {
    let value = value(row)
    return Int(truncatingIfNeeded: offsets[value &+ 1] &- offsets[value])
  }

  @inline(__always)
  private func value(_ row: Int) -> Int { codes.map { Int(truncatingIfNeeded: $0[row]) } ?? row }

  /// Copies a text between column buffers, and returns its end. Short ones go in one step, over the end: what is written too
  /// much, the next text writes over, and behind the last text of either buffer there is padding.
  @inline(__always)
  static func copy(_ text: UnsafeBufferPointer<UInt8>, to place: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    guard let base = text.baseAddress else { return place }
    if text.count <= 16 {
      place.storeBytes(of: UnsafeRawPointer(base).loadUnaligned(as: UInt128.self), as: UInt128.self)
    } else {
      memcpy(place, base, text.count)
    }
    return place + text.count
  }
}
