extension KeyHash {
  /// The hash of a text, from its bytes when it is ASCII.
  @inlinable
  public static func of(text: String) -> UInt64 {
    var text = text
    let (hash, isASCII) = text.withUTF8 { hashBytes($0) }
    return isASCII ? hash : foreign(text)
  }

  /// The hash of the bytes, and whether all of them are ASCII.
  @inlinable
  @inline(__always)
  static func hashBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> (hash: UInt64, isASCII: Bool) {
    let count = bytes.count
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var seen: UInt64 = 0
    guard let base = bytes.baseAddress, count > 0 else { return (mix(hash), true) }
    let memory = UnsafeRawPointer(base)
    func take(_ word: UInt64) {
      seen |= word
      hash = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash &>> 29
    }
    if count >= 8 {
      var position = 0
      while position &+ 8 <= count {
        take(memory.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        position &+= 8
      }
      // The last eight bytes overlap those before them.
      if position < count { take(memory.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)) }
    } else if count >= 4 {
      let low = memory.loadUnaligned(as: UInt32.self)
      let high = memory.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      take(UInt64(low) | UInt64(high) &<< 32)
    } else {
      let first = UInt64(base[0])
      let middle = UInt64(base[count &>> 1])
      take(first | middle &<< 8 | UInt64(base[count &- 1]) &<< 16)
    }
    return (mix(hash), seen & 0x8080_8080_8080_8080 == 0)
  }

  /// The hash of a text that is not all ASCII.
  ///
  /// Only three characters outside of ASCII equal one inside: a text of ASCII and those three can equal an ASCII text, so it
  /// must take the same way. Every other text equals no ASCII text, and its own hash will do.
  @usableFromInline
  @inline(never)
  static func foreign(_ text: String) -> UInt64 {
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
