extension AggregationTable {
  /// Bytes of the table with `more` keys, without what keys and values refer to. It counts both tables while one grows.
  @inlinable
  public func size(adding more: Int) -> Int {
    var slots = slotCount
    while (count + more) * 2 >= slots - 1 { slots *= 2 }
    let bytes = Self.size(slots: slots)
    return slots == slotCount ? bytes : bytes + Self.size(slots: slotCount)
  }

  @inlinable
  static func size(slots: Int) -> Int { slots * MemoryLayout<UInt32>.stride + slots / 2 * MemoryLayout<Entry>.stride }

  /// Adds the hashes of all keys, in the entries' order.
  @inlinable
  @inline(__always)
  public func appendHashes(to hashes: inout [UInt64]) {
    let entries = entries
    hashes.reserveCapacity(hashes.count + count)
    for number in 0..<count { hashes.append(entries[number].hash) }
  }

  /// Adds what `row` makes of the entries with these numbers.
  @inlinable
  @inline(__always)
  public func append<Row, Numbers: Sequence>(
    _ numbers: Numbers, to rows: inout [Row], row: (Key, Value) throws -> Row
  ) rethrows where Numbers.Element: BinaryInteger {
    let entries = entries
    for number in numbers {
      let entry = entries + Int(truncatingIfNeeded: number)
      rows.append(try row(entry.pointee.key, entry.pointee.value))
    }
  }

  /// The value of an entry, to be changed in place.
  @inlinable
  public subscript(number: Int) -> Value {
    @inline(__always) get { entries[number].value }
    @inline(__always) _modify { yield &entries[number].value }
  }

  /// The key of an entry.
  @inlinable
  @inline(__always)
  public func key(_ number: Int) -> Key { entries[number].key }
}
