/// The hash by which a key finds its partition and its place in tables: equal keys have equal hashes, in every process of an
/// application.
///
/// Integers and strings take short ways of their own; everything else is asked by its own `Hashable`, under the
/// application's hash seed. All 64 bits are well mixed, so that partitions, tables and spilled parts may use any of them.
public enum KeyHash {
  /// The hash of `key`.
  @inlinable
  @inline(__always)
  public static func of<Key: Hashable>(_ key: Key) -> UInt64 {
    // Where the key's type is known when this is compiled, one branch is left.
    if Key.self == Int.self { return mix(UInt64(bitPattern: Int64(unsafeBitCast(key, to: Int.self)))) }
    if Key.self == String.self { return of(text: unsafeBitCast(key, to: String.self)) }
    if Key.self == Int64.self { return mix(UInt64(bitPattern: unsafeBitCast(key, to: Int64.self))) }
    if Key.self == Int32.self { return mix(UInt64(bitPattern: Int64(unsafeBitCast(key, to: Int32.self)))) }
    if Key.self == UInt64.self { return mix(unsafeBitCast(key, to: UInt64.self)) }
    if Key.self == UInt32.self { return mix(UInt64(unsafeBitCast(key, to: UInt32.self))) }
    return mix(UInt64(bitPattern: Int64(key.hashValue)))
  }

  /// Spreads every bit over all of them.
  @inlinable
  @inline(__always)
  public static func mix(_ bits: UInt64) -> UInt64 {
    var hash = bits ^ (bits &>> 32)
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash &>> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return hash ^ (hash &>> 32)
  }

  /// The hash of two keys together.
  @inlinable
  @inline(__always)
  public static func joined(_ first: UInt64, _ second: UInt64) -> UInt64 {
    mix((first &<< 23 | first &>> 41) ^ second)
  }

  /// Which of `count` parts of a spilled table the hash belongs to; another division at each level, and independent of the
  /// hash's partition.
  @inlinable
  public static func part(of hash: UInt64, level: Int, count: Int) -> Int {
    let spread = mix(hash ^ (UInt64(level + 1) &* 0x9E37_79B9_7F4A_7C15))
    return Int(((spread &>> 32) &* UInt64(count)) &>> 32)
  }
}
