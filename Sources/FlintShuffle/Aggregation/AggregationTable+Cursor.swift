extension AggregationTable {
  /// The table while a batch is merged: what would be a checked access of the class for each row stands in a local.
  public struct Cursor {
    @usableFromInline var slots: UnsafeMutablePointer<UInt32>
    @usableFromInline var mask: Int
    @usableFromInline var entries: UnsafeMutablePointer<Entry>
    @usableFromInline var used: Int
    @usableFromInline var seen = 0

    @inlinable
    @inline(__always)
    init(_ table: AggregationTable) {
      slots = table.slots
      mask = table.slotCount &- 1
      entries = table.entries
      used = table.used
    }
  }

  /// Where rows are merged, until ``end(_:)``. The table must not be touched in between.
  @inlinable
  @inline(__always)
  public func cursor() -> Cursor { Cursor(self) }

  /// Takes in what was merged at `cursor`.
  @inlinable
  @inline(__always)
  public func end(_ cursor: Cursor) {
    used = cursor.used
    merged &+= cursor.seen
  }

  /// Merges a row with this key: `insert` makes the value of a new key, `update` changes that of a known one. What these
  /// throw leaves the table as it was.
  @inlinable
  @inline(__always)
  public func merge(
    _ key: Key, at cursor: inout Cursor, insert: () throws -> Value, update: (inout Value) throws -> Void
  ) rethrows {
    cursor.seen &+= 1
    let hash = KeyHash.of(key)
    var slot = Int(truncatingIfNeeded: hash) & cursor.mask
    while true {
      let number = Int(truncatingIfNeeded: cursor.slots[slot])
      if number == 0 {
        (cursor.entries + cursor.used).initialize(to: Entry(hash: hash, key: key, value: try insert()))
        cursor.used &+= 1
        cursor.slots[slot] = UInt32(truncatingIfNeeded: cursor.used)
        if cursor.used &* 2 >= cursor.mask {
          let seen = cursor.seen
          used = cursor.used
          grow()
          cursor = Cursor(self)
          cursor.seen = seen
        }
        return
      }
      let entry = cursor.entries + (number &- 1)
      if entry.pointee.hash == hash, entry.pointee.key == key {
        try update(&entry.pointee.value)
        return
      }
      slot = (slot &+ 1) & cursor.mask
    }
  }
}
