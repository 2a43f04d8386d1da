/// Strings of bytes that a reader of text finds, for whoever makes many of them.
package enum TextBytes {
  /// The string of the `count` bytes at `bytes`, of which `readable` may be read, be they the text's or not. What is no
  /// UTF-8 is repaired: U+FFFD stands in its place.
  package static func string(_ bytes: UnsafeRawPointer, count: Int, readable: Int) -> String {
    if count <= 15, StringWords.isKnown {
      var small = ""
      let isMade = withUnsafeMutableBytes(of: &small) { words in
        // A small string owns nothing, so the empty one that was there needs no destroying.
        StringWords.makeSmall(
          words.baseAddress.unsafelyUnwrapped, bytes, count: count, readable: readable)
      }
      if _fastPath(isMade) { return small }
    }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}
