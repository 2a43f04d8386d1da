internal import FlintCore

/// The beginning of each row's key as one word that is ordered as the keys are: what most comparisons need.
struct SortWords {
  /// Whether equal words mean equal keys in the first so many columns.
  private(set) var decided = 0
  let buffer: ColumnBuffer

  /// Words of `count` rows, whose keys' columns are `columns`, without dictionaries.
  init(_ columns: [Vector], _ keys: [SortKey], count: Int, _ memory: ColumnMemory) throws(FlintError) {
    buffer = try memory.buffer(count * 8, isZeroed: true)
    var free = 64
    for (column, key) in zip(columns, keys) {
      let words = buffer.pointer(to: UInt64.self)
      let hasNulls = column.validity != nil
      let isNarrow = column.type.physical == .int128 && Self.isNarrow(column)
      let known = isNarrow ? 64 : Self.width(column.type)
      let width = known ?? 64
      let isWhole = known != nil && width + (hasNulls ? 1 : 0) <= free
      // A column that does not fit is begun, and ends the word. A text needs room for two bytes to be of use.
      if !isWhole, free < 17 { break }
      Self.add(column, key, free: free, width: width, isNarrow: isNarrow, words, count)
      withExtendedLifetime(column) {}
      if !isWhole { break }
      decided += 1
      free -= width + (hasNulls ? 1 : 0)
    }
  }

  var words: UnsafeMutablePointer<UInt64> { buffer.pointer() }

  /// Bits of values whose order is that of whole numbers.
  private static func width(_ type: DataType) -> Int? {
    switch type.physical {
    case .bit: 1
    case .int8, .int16, .int32, .int64, .float, .double: type.physical.width.map { $0 * 8 }
    case .int128, .interval, .text, .list, .structure, .map: nil
    }
  }

  /// Whether no value of 128 bits needs more than 64: sums of decimals seldom do.
  private static func isNarrow(_ column: Vector) -> Bool {
    let values = column.pointer(to: Int128.self)
    var wide: Int128 = 0
    for row in 0..<column.count where !column.isNull(row) {
      wide |= values[row] ^ Int128(Int64(truncatingIfNeeded: values[row]))
    }
    return wide == 0
  }

  private static func add(
    _ column: Vector, _ key: SortKey, free: Int, width: Int, isNarrow: Bool, _ words: UnsafeMutablePointer<UInt64>,
    _ count: Int
  ) {
    let hasNulls = column.validity != nil
    let bits = min(width, free - (hasNulls ? 1 : 0))
    let place = UInt64(free - (hasNulls ? 1 : 0) - bits)
    let cut = UInt64(width - bits)
    let mask: UInt64 = bits == 64 ? ~0 : Bits.low(bits)
    let flip = key.isDescending ? mask : 0
    let there = column.validity?.bits
    let nullBit: UInt64 = hasNulls ? 1 << UInt64(free - 1) : 0
    // Of null all bits but its own stay zero.
    let ofNull = key.nullsFirst ? 0 : nullBit
    let ofValue = key.nullsFirst ? nullBit : 0
    write(column, isNarrow: isNarrow, words, count) { row, ordered in
      let value = ofValue | (((ordered &>> cut) & mask) ^ flip) &<< place
      return (there?[row] ?? true) ? value : ofNull
    }
  }

  /// Calls `word` with each row's value as bits that are ordered as the values are, and adds what it returns.
  @inline(__always)
  private static func write(
    _ column: Vector, isNarrow: Bool, _ words: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ word: (Int, UInt64) -> UInt64
  ) {
    switch column.type.physical {
    case .bit:
      let bits = column.bits
      for row in 0..<count { words[row] |= word(row, bits[row] ? 1 : 0) }
    case .int8: writeWholes(column, Int8.self, words, count, word)
    case .int16: writeWholes(column, Int16.self, words, count, word)
    case .int32: writeWholes(column, Int32.self, words, count, word)
    case .int64: writeWholes(column, Int64.self, words, count, word)
    case .float:
      let values = column.pointer(to: Float.self)
      for row in 0..<count {
        let bits = values[row].keyBits
        words[row] |= word(row, UInt64(bits &>> 31 == 1 ? ~bits : bits | 1 << 31))
      }
    case .double:
      let values = column.pointer(to: Double.self)
      for row in 0..<count {
        let bits = values[row].keyBits
        words[row] |= word(row, bits &>> 63 == 1 ? ~bits : bits | 1 << 63)
      }
    case .int128:
      let values = column.pointer(to: Int128.self)
      if isNarrow {
        for row in 0..<count { words[row] |= word(row, UInt64(truncatingIfNeeded: values[row]) ^ 1 << 63) }
      } else {
        for row in 0..<count { words[row] |= word(row, upper(values[row])) }
      }
    case .interval:
      let values = column.pointer(to: Interval.self)
      for row in 0..<count { words[row] |= word(row, upper(values[row].span)) }
    case .text:
      for row in 0..<count where !column.isNull(row) {
        let text = column.text(row)
        let prefix = text.baseAddress.map { Mixer.prefix(UnsafeRawPointer($0), count: text.count) } ?? 0
        words[row] |= word(row, prefix.byteSwapped)
      }
      for row in 0..<count where column.isNull(row) { words[row] |= word(row, 0) }
    case .list, .structure, .map:
      for row in 0..<count { words[row] |= word(row, 0) }
    }
  }

  @inline(__always)
  private static func writeWholes<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ column: Vector, _: Value.Type, _ words: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ word: (Int, UInt64) -> UInt64
  ) {
    let values = column.pointer(to: Value.self)
    let mask: UInt64 = Value.bitWidth == 64 ? ~0 : Bits.low(Value.bitWidth)
    let sign: UInt64 = 1 << UInt64(Value.bitWidth - 1)
    for row in 0..<count {
      words[row] |= word(row, (UInt64(truncatingIfNeeded: values[row]) & mask) ^ sign)
    }
  }

  /// The upper half, with the sign turned so that negative numbers stand before the others.
  @inline(__always)
  private static func upper(_ value: Int128) -> UInt64 { UInt64(truncatingIfNeeded: value &>> 64) ^ 1 << 63 }
}
