extension KeyHash {
  /// The hash of a text, from its bytes when it is ASCII.
  @inlinable
  @inline(__always)
  public static func of(text: String) -> UInt64 {
    let (low, high) = unsafeBitCast(text, to: (UInt64, UInt64).self)
    // The bytes of most short texts are these two words; the rest says so, and how many they are.
    if high &>> 60 == 0xE {
      return short(low, high & 0xFF_FFFF_FFFF_FFFF, count: Int(truncatingIfNeeded: high &>> 56) & 0xF)
    }
    return of(bytesOf: text)
  }

  /// The hash of a text by its bytes, wherever they lie.
  @usableFromInline
  @inline(never)
  static func of(bytesOf text: String) -> UInt64 {
    var text = text
    let (hash, isASCII) = text.withUTF8 { hashBytes($0) }
    return isASCII ? hash : foreign(text)
  }

  /// Ends the process where short texts do not lie in their two words as ``of(text:)`` expects, which is the library's own
  /// business: equal texts could have different hashes then. Whoever makes tables or partitions by hashes calls it first.
  @inlinable
  @inline(__always)
  static func requireKnownTexts() {
    precondition(areShortTextsKnown, "this Swift runtime lays short texts out in a way that Flint does not know")
  }

  @usableFromInline static let areShortTextsKnown: Bool = {
    guard MemoryLayout<String>.size == 16 else { return false }
    return (0...15).allSatisfy { count in
      let text = String("fifteen letters".prefix(count))
      let (low, high) = unsafeBitCast(text, to: (UInt64, UInt64).self)
      return high &>> 56 == 0xE0 | UInt64(count)
        && short(low, high & 0xFF_FFFF_FFFF_FFFF, count: count) == of(bytesOf: text)
    }
  }()

  /// The hash of at most 15 bytes: the first eight and the others, with zeros behind them. Without a branch, for chance would
  /// mislead it.
  @inlinable
  @inline(__always)
  static func short(_ low: UInt64, _ high: UInt64, count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ low) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash &>> 29
    hash = (hash ^ high) &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash &>> 29
    return mix(hash)
  }

  /// The hash of the bytes, and whether all of them are ASCII.
  @inlinable
  @inline(__always)
  static func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> (hash: UInt64, isASCII: Bool) {
    let count = bytes.count
    if count < 16 {
      var words: (UInt64, UInt64) = (0, 0)
      withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
      let (low, high) = (UInt64(littleEndian: words.0), UInt64(littleEndian: words.1))
      return (short(low, high, count: count), (low | high) & 0x8080_8080_8080_8080 == 0)
    }
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var seen: UInt64 = 0
    let memory = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
    func take(_ word: UInt64) {
      seen |= word
      hash = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash &>> 29
    }
    var position = 0
    while position &+ 8 <= count {
      take(memory.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position &+= 8
    }
    // The last eight bytes overlap those before them.
    if position < count { take(memory.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)) }
    return (mix(hash), seen & 0x8080_8080_8080_8080 == 0)
  }

  /// The hash of a text that is not all ASCII.
  ///
  /// Only three characters outside of ASCII equal one inside: a text of ASCII and those three can equal an ASCII text, so it
  /// must take the same way. Every other text equals no ASCII text, and its own hash will do.
  @usableFromInline
  @inline(never)
  static func foreign(_ text: String) -> UInt64 {
    var text = text
    if let hash = text.withUTF8({ composed($0) }) { return hash }
    var plain: [UInt8] = []
    plain.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x80: plain.append(UInt8(truncatingIfNeeded: scalar.value))
      case 0x037E: plain.append(UInt8(ascii: ";"))
      case 0x1FEF: plain.append(UInt8(ascii: "`"))
      case 0x212A: plain.append(UInt8(ascii: "K"))
      default: return mix(UInt64(bitPattern: Int64(text.hashValue)))
      }
    }
    return plain.withUnsafeBufferPointer { hashBytes($0).hash }
  }
}
