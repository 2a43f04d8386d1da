/// The first 64 bits of a key's order: where two differ, the keys are in their order; where they are equal, the keys decide.
public enum SortPrefix {
  /// Whether equal prefixes mean equal keys.
  @inlinable
  @inline(__always)
  public static func isExact<Key>(_: Key.Type) -> Bool {
    Key.self == Int.self || Key.self == Int64.self || Key.self == Int32.self || Key.self == UInt64.self
      || Key.self == UInt32.self || Key.self == Double.self
  }

  /// The prefix of a key; nil when it has none: keys of other types, NaN, and texts that are not ASCII.
  @inlinable
  @inline(__always)
  public static func of<Key>(_ key: Key) -> UInt64? {
    if Key.self == Int.self { return signed(Int64(unsafeBitCast(key, to: Int.self))) }
    if Key.self == String.self { return text(unsafeBitCast(key, to: String.self)) }
    if Key.self == Double.self { return number(unsafeBitCast(key, to: Double.self)) }
    if Key.self == Int64.self { return signed(unsafeBitCast(key, to: Int64.self)) }
    if Key.self == Int32.self { return signed(Int64(unsafeBitCast(key, to: Int32.self))) }
    if Key.self == UInt64.self { return unsafeBitCast(key, to: UInt64.self) }
    if Key.self == UInt32.self { return UInt64(unsafeBitCast(key, to: UInt32.self)) }
    return nil
  }

  @inlinable
  @inline(__always)
  static func signed(_ key: Int64) -> UInt64 { UInt64(bitPattern: key) ^ 1 &<< 63 }

  @inlinable
  @inline(__always)
  static func number(_ key: Double) -> UInt64? {
    if key.isNaN { return nil }
    // Both zeros are equal.
    let bits = (key + 0).bitPattern
    return bits &>> 63 == 0 ? bits | 1 &<< 63 : ~bits
  }

  /// The first eight bytes. Swift compares texts in their normal form, which is the text itself when it is ASCII.
  @inlinable
  static func text(_ key: String) -> UInt64? {
    var key = key
    return key.withUTF8 { bytes -> UInt64? in
      let count = bytes.count
      guard let base = bytes.baseAddress, count > 0 else { return 0 }
      let memory = UnsafeRawPointer(base)
      var seen: UInt64 = 0
      var prefix: UInt64 = 0
      if count >= 8 {
        prefix = memory.loadUnaligned(as: UInt64.self).bigEndian
        var position = 8
        while position &+ 8 <= count {
          seen |= memory.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          position &+= 8
        }
        seen |= memory.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      } else {
        for index in 0..<count { prefix |= UInt64(base[index]) &<< UInt64(56 &- 8 &* index) }
      }
      return (seen | prefix) & 0x8080_8080_8080_8080 == 0 ? prefix : nil
    }
  }
}
