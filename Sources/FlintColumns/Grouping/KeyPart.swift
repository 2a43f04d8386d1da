internal import FlintCore

/// Where some columns of a key stand in its words.
struct KeyPart {
  private enum Source {
    /// The values of a column themselves.
    case bits(column: Int)
    /// Numbers that stand for the values of some columns together.
    case numbers(of: GroupTable, columns: Range<Int>)
  }

  let shift: Int
  let bits: Int
  private let source: Source

  var heldBytes: Int {
    if case .numbers(let table, _) = source { table.heldBytes } else { 0 }
  }

  /// Whether its values have numbers.
  var isNumbered: Bool {
    if case .numbers = source { true } else { false }
  }

  /// How many numbers there are.
  var count: Int {
    if case .numbers(let table, _) = source { table.count } else { 0 }
  }

  /// The numbers of its values in some rows, new ones added; nil when they have none.
  func numbers(_ columns: [Vector], _ selection: Selection?, _ length: Int) throws(FlintError) -> RowNumbers? {
    guard case .numbers(let table, let range) = source else { return nil }
    return try table.insert(Array(columns[range]), length: length, selection: selection)
  }

  /// Bits of a value, where it is small enough to be part of a word.
  static func bits(of type: DataType) -> Int? {
    type.physical == .bit ? 1 : type.physical.width.map { $0 * 8 }
  }

  /// The parts of a key that is more than one text.
  static func parts(_ types: [DataType], _ kernels: Kernels) throws(FlintError) -> [KeyPart] {
    var parts: [KeyPart] = []
    var first = 0
    // While all columns together are too wide, the first half of them is numbered.
    var isFolded = types.count > 32 || place(types[...]) == nil
    while isFolded, types.count - first > 1 {
      let middle = first + max(1, (types.count - first) / 2)
      let table = try GroupTable(Array(types[first..<middle]), kernels)
      parts.append(KeyPart(shift: 32 * parts.count, bits: 32, source: .numbers(of: table, columns: first..<middle)))
      first = middle
      isFolded = place(types[first...], after: 32 * parts.count) == nil || types.count - first > 30
    }
    return try parts + rest(types, from: first, after: 32 * parts.count, kernels)
  }

  private static func rest(
    _ types: [DataType], from first: Int, after start: Int, _ kernels: Kernels
  ) throws(FlintError) -> [KeyPart] {
    guard let shifts = place(types[first...], after: start) else {
      let table = try GroupTable(Array(types[first...]), kernels)
      return [KeyPart(shift: start, bits: 32, source: .numbers(of: table, columns: first..<types.count))]
    }
    return try zip(first..<types.count, shifts).map { (column, shift) throws(FlintError) in
      if let bits = bits(of: types[column]) { return KeyPart(shift: shift, bits: bits, source: .bits(column: column)) }
      let table = try GroupTable([types[column]], kernels)
      return KeyPart(shift: shift, bits: 32, source: .numbers(of: table, columns: column..<column + 1))
    }
  }

  /// Where each of these columns begins, none of them over the border between two words; nil when they do not fit.
  private static func place(_ types: ArraySlice<DataType>, after start: Int = 0) -> [Int]? {
    var end = start
    var shifts: [Int] = []
    for type in types {
      let width = bits(of: type) ?? 32
      if width == 128 {
        guard end == 0, types.count == 1 else { return nil }
      } else if end < 64, end + width > 64 {
        end = 64
      }
      shifts.append(end)
      end += width
    }
    return end <= 128 ? shifts : nil
  }

  /// Adds the columns' part of each row's key; keys that are new are added to the tables.
  func add(
    _ columns: [Vector], _ rows: UnsafePointer<Int32>?, to keys: KeyBatch, _ kernels: Kernels
  ) throws(FlintError) {
    switch source {
    case .bits(let column): try keys.add(columns, bits: column, at: shift, rows, kernels)
    case .numbers(let table, let range):
      try keys.add(columns, range, at: shift, rows, kernels) { (some, selection) throws(FlintError) in
        try table.insert(some, length: keys.count, selection: selection)
      }
    }
  }

  /// For looking up alone.
  var lookup: KeyLookup.Part {
    switch source {
    case .bits(let column): KeyLookup.Part(shift: shift, source: .bits(column: column))
    case .numbers(let table, let columns):
      KeyLookup.Part(shift: shift, source: .numbers(of: table.lookup, columns: columns))
    }
  }
}
