internal import FlintColumns

/// Reads texts of which each says how much of its beginning is that of the one before.
///
/// It borrows its bytes, and keeps the last text.
struct SharedTexts {
  private let prefixes: TextLengths
  private let suffixes: TextLengths
  private var bytes: UnsafeRawBufferPointer
  private var index = 0
  private var text: [UInt8] = []

  init(_ bytes: UnsafeRawBufferPointer, _ memory: ColumnMemory) throws(FormatFault) {
    prefixes = try TextLengths(bytes, memory)
    suffixes = try TextLengths(prefixes.rest, memory)
    self.bytes = suffixes.rest
    guard prefixes.count == suffixes.count else { throw .damaged("texts and their beginnings differ in number") }
  }

  /// Gives the next text to `body`.
  mutating func next(
    _ body: (UnsafeRawBufferPointer) throws(FormatFault) -> Void
  ) throws(FormatFault) {
    guard index < prefixes.count else { throw .truncated("a page of texts") }
    let (prefix, suffix) = (Int(prefixes.lengths[index]), Int(suffixes.lengths[index]))
    guard prefix <= text.count else { throw .damaged("a text shares more than the one before it has") }
    guard suffix <= bytes.count else { throw .truncated("a page of texts") }
    index += 1
    text.removeLast(text.count - prefix)
    text += bytes.prefix(suffix)
    bytes = UnsafeRawBufferPointer(rebasing: bytes[suffix...])
    try text.withUnsafeBufferPointer { (text) throws(FormatFault) in try body(UnsafeRawBufferPointer(text)) }
  }
}
