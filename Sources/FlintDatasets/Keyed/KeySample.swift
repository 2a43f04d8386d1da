/// Some keys of a partition, each as likely as the others, and how many rows there are.
public struct KeySample<Key: Sendable>: Sendable {
  @usableFromInline var keys: [Key] = []
  @usableFromInline var count = 0
  @usableFromInline var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inlinable
  init() {}

  /// Takes in one key. Of all keys so far, `limit` stay.
  @inlinable
  @inline(__always)
  mutating func add(_ key: @autoclosure () throws -> Key, limit: Int) rethrows {
    count &+= 1
    if keys.count < limit {
      keys.append(try key())
      return
    }
    // The same numbers each time: a second run takes the same sample.
    state ^= state &<< 13
    state ^= state &>> 7
    state ^= state &<< 17
    let place = Int(truncatingIfNeeded: state.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    if place < limit { keys[place] = try key() }
  }
}
