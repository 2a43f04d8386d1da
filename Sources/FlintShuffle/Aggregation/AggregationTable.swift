/// One value for each key: open addressing, the entries beside it in the order in which their keys came.
///
/// Loops over batches hold its pointers in locals: a property of a class costs a check at each access, which was two to four
/// times the whole loop. Whoever merges in a closure that is made in the user's module has it specialised there.
public final class AggregationTable<Key: Hashable, Value> {
  @usableFromInline
  struct Entry {
    @usableFromInline let hash: UInt64
    @usableFromInline let key: Key
    @usableFromInline var value: Value

    @inlinable
    init(hash: UInt64, key: Key, value: Value) {
      self.hash = hash
      self.key = key
      self.value = value
    }
  }

  /// The number of an entry, plus one; 0 in a free slot.
  @usableFromInline var slots: UnsafeMutablePointer<UInt32>
  @usableFromInline var slotCount: Int
  @usableFromInline var entries: UnsafeMutablePointer<Entry>
  @usableFromInline var used = 0
  @usableFromInline var merged = 0

  /// How many keys there are.
  @inlinable public var count: Int { used }
  /// How many rows were merged since the table was empty.
  @inlinable public var mergedCount: Int { merged }

  @usableFromInline static var leastSlots: Int { 1024 }

  /// No keys.
  @inlinable
  public init() {
    KeyHash.requireKnownTexts()
    slotCount = Self.leastSlots
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    entries = .allocate(capacity: slotCount / 2)
  }

  @inlinable
  deinit {
    entries.deinitialize(count: count)
    entries.deallocate()
    slots.deallocate()
  }

  /// Merges rows, in their order: the first of a key is given to `insert`, the others to `update`. What these throw ends it,
  /// and leaves the rows before merged.
  @inlinable
  @inline(__always)
  public func merge<Row>(
    _ rows: [Row], key: (Row) throws -> Key, insert: (Row) throws -> Value, update: (inout Value, Row) throws -> Void
  ) rethrows {
    try rows.withUnsafeBufferPointer { try merge(contentsOf: $0, key: key, insert: insert, update: update) }
  }

  /// The same for any sequence of rows.
  @inlinable
  @inline(__always)
  public func merge<Rows: Sequence>(
    contentsOf rows: Rows, key: (Rows.Element) throws -> Key, insert: (Rows.Element) throws -> Value,
    update: (inout Value, Rows.Element) throws -> Void
  ) rethrows {
    var cursor = cursor()
    defer { end(cursor) }
    for row in rows {
      try merge(try key(row), at: &cursor, insert: { try insert(row) }, update: { try update(&$0, row) })
    }
  }

  /// The number of the key's entry, or nil.
  @inlinable
  @inline(__always)
  public func find(_ key: Key) -> Int? {
    let hash = KeyHash.of(key)
    let mask = slotCount &- 1
    let slots = slots
    let entries = entries
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let number = Int(truncatingIfNeeded: slots[slot]) &- 1
      if number < 0 { return nil }
      if entries[number].hash == hash, entries[number].key == key { return number }
      slot = (slot &+ 1) & mask
    }
  }

  /// Twice the slots.
  @inlinable
  @inline(never)
  func grow() {
    precondition(slotCount < 1 << 32, "a table of \(count) keys")
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: slotCount)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    slots.deallocate()
    slotCount *= 2
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    let slots = slots
    let mask = slotCount &- 1
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: larger[number].hash) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: number &+ 1)
    }
  }

  /// Forgets all keys, and gives their memory back.
  @inlinable
  public func removeAll() {
    entries.deinitialize(count: count)
    used = 0
    merged = 0
    guard slotCount > Self.leastSlots else {
      slots.update(repeating: 0, count: slotCount)
      return
    }
    entries.deallocate()
    slots.deallocate()
    slotCount = Self.leastSlots
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    entries = .allocate(capacity: slotCount / 2)
  }
}
