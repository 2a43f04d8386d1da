extension KeyHash {
  /// The hash of a text whose bytes are its canonical form already, nil for others.
  ///
  /// It is what the text's own `Hashable` gives, which composes every text first, and takes ten times as long for it.
  static func composed(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard isComposed(bytes) else { return nil }
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    // What ends a text in its own hash.
    hasher.combine(0xFF as UInt8)
    return mix(UInt64(bitPattern: Int64(hasher.finalize())))
  }

  /// Whether it is sure that composition changes nothing: every character is one of scripts that are written with composed
  /// letters, and none of them joins the one before it.
  private static func isComposed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
      let lead = UInt32(bytes[position])
      if lead < 0x80 {
        position &+= 1
      } else if lead < 0xE0, position &+ 2 <= bytes.count {
        let scalar = (lead & 0x1F) << 6 | UInt32(bytes[position &+ 1] & 0x3F)
        // Latin; Greek and Cyrillic.
        guard scalar < 0x300 || (0x388...0x482).contains(scalar) else { return false }
        position &+= 2
      } else if lead < 0xF0, position &+ 3 <= bytes.count {
        let middle = UInt32(bytes[position &+ 1] & 0x3F) << 6
        let scalar = (lead & 0x0F) << 12 | middle | UInt32(bytes[position &+ 2] & 0x3F)
        guard isComposed(scalar) else { return false }
        position &+= 3
      } else {
        return false
      }
    }
    return true
  }

  private static func isComposed(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Hiragana, Katakana.
    case 0x3041...0x3096, 0x30A1...0x30FA: true
    // Han, but not those for compatibility.
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: true
    // Hangul syllables; what could be added to them is not in any of these ranges.
    case 0xAC00...0xD7A3: true
    default: false
    }
  }
}
