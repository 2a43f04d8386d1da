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

  func add(
    _ columns: [Vector], _ rows: UnsafePointer<Int32>?, to keys: KeyBatch, isNew: Bool, _ kernels: Kernels
  ) throws(FlintError) {
    switch source {
    case .bits(let column):
      let vector = try columns[column].flat(kernels.memory)
      try keys.add(vector, at: shift, column: column, rows: rows)
      withExtendedLifetime(vector) {}
    case .numbers(let table, let range):
      let some = Array(columns[range])
      let selection = try rows.map { (rows) throws(FlintError) in
        try Selection(copying: rows, count: keys.count, kernels.memory)
      }
      let numbers =
        isNew
        ? try table.insert(some, length: keys.count, selection: selection)
        : try table.find(some, length: keys.count, selection: selection, nullsMatch: true)
      keys.add(numbers: numbers.rows, at: shift)
      for column in range { try keys.maskNulls(columns[column], column, rows) }
      withExtendedLifetime(numbers) {}
    }
  }
}
