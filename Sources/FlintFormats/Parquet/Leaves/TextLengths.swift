internal import FlintColumns

/// The lengths of the texts of a page, as they stand before the texts.
struct TextLengths {
  private let buffer: ColumnBuffer
  let count: Int
  /// The bytes behind the lengths.
  let rest: UnsafeRawBufferPointer

  /// Reads all lengths. Equal ones take next to no bytes, so what they need in memory is counted.
  init(_ bytes: UnsafeRawBufferPointer, _ memory: ColumnMemory) throws(FormatFault) {
    var delta = try DeltaDecoder(bytes)
    count = delta.count
    buffer = try memory.bytes(count * 4)
    let lengths = buffer.pointer(to: Int32.self)
    try delta.read(lengths, count: count)
    rest = delta.rest
    var all: Int32 = 0
    for index in 0..<count { all |= lengths[index] }
    guard all >= 0 else { throw .damaged("a text has a negative length") }
  }

  var lengths: UnsafeMutablePointer<Int32> { buffer.pointer() }
}
