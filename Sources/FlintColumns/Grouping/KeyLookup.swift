internal import FlintCore

/// The keys of a table as they are now, for any number of users to look in.
struct KeyLookup: Sendable {
  /// The forms of a table.
  enum Shape: Sendable {
    case nothing
    case words(WordTable)
    case pairs(KeyTable<TwoWordKey>)
    case texts(TextTable)

    /// Bytes of the table.
    var heldBytes: Int {
      switch self {
      case .nothing: 0
      case .words(let table): table.heldBytes
      case .pairs(let table): table.heldBytes
      case .texts(let table): table.heldBytes
      }
    }
  }

  /// Where some columns of a key stand in its words, as ``KeyPart`` has it.
  struct Part: Sendable {
    enum Source: Sendable {
      case bits(column: Int)
      case numbers(of: KeyLookup, columns: Range<Int>)
    }

    let shift: Int
    let source: Source
  }

  let types: [DataType]
  let count: Int
  let shape: Shape
  let parts: [Part]
  let nullNumber: Int32?

  /// The number of each row's key, -1 for a key that is not there. With `nullsMatch` off a key with a null is never there.
  func find(
    _ columns: [Vector], length: Int, selection: Selection?, nullsMatch: Bool, _ kernels: Kernels
  ) throws(FlintError) -> RowNumbers {
    precondition(columns.map(\.type) == types, "these columns are not the key's")
    defer { withExtendedLifetime((columns, selection)) {} }
    let rows = selection?.rows
    let rowCount = selection?.count ?? length
    let numbers = try kernels.memory.buffer(rowCount * 4)
    let target = numbers.pointer(to: Int32.self)
    switch shape {
    case .nothing: for row in 0..<rowCount { target[row] = count > 0 ? 0 : -1 }
    case .texts(let table):
      let texts = try kernels.keyTexts(columns[0])
      table.find(KeyTexts(texts, rows: rows, count: rowCount), target)
      withExtendedLifetime(texts) {}
      if nullsMatch, let nullNumber, let there = texts.validity?.bits {
        for index in 0..<rowCount where !there[rows.map { Int($0[index]) } ?? index] { target[index] = nullNumber }
      }
    case .words(let table):
      let keys = try keyBatch(columns, rows, rowCount, isPair: false, kernels)
      table.find(keys, target)
      if !nullsMatch { Self.dropNulls(keys, target) }
    case .pairs(let table):
      let keys = try keyBatch(columns, rows, rowCount, isPair: true, kernels)
      table.find(keys, target)
      if !nullsMatch { Self.dropNulls(keys, target) }
    }
    return RowNumbers(numbers, count: rowCount, mayMiss: true)
  }

  private static func dropNulls(_ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>) {
    guard let nulls = keys.nulls else { return }
    for row in 0..<keys.count where nulls[row] != 0 { numbers[row] = -1 }
  }

  private func keyBatch(
    _ columns: [Vector], _ rows: UnsafePointer<Int32>?, _ count: Int, isPair: Bool, _ kernels: Kernels
  ) throws(FlintError) -> KeyBatch {
    let keys = try KeyBatch(count, isPair: isPair, kernels.memory)
    for part in parts {
      switch part.source {
      case .bits(let column):
        try keys.add(columns, bits: column, at: part.shift, rows, kernels)
      case .numbers(let lookup, let range):
        try keys.add(columns, range, at: part.shift, rows, kernels) { (some, selection) throws(FlintError) in
          try lookup.find(some, length: count, selection: selection, nullsMatch: true, kernels)
        }
      }
    }
    return keys
  }
}

extension KeyBatch {
  /// Adds the values of a column.
  func add(
    _ columns: [Vector], bits column: Int, at shift: Int, _ rows: UnsafePointer<Int32>?, _ kernels: Kernels
  ) throws(FlintError) {
    let vector = try columns[column].flat(kernels.memory)
    try add(vector, at: shift, column: column, rows: rows)
    withExtendedLifetime(vector) {}
  }

  /// Adds what `number` makes of some columns.
  func add(
    _ columns: [Vector], _ range: Range<Int>, at shift: Int, _ rows: UnsafePointer<Int32>?, _ kernels: Kernels,
    _ number: ([Vector], Selection?) throws(FlintError) -> RowNumbers
  ) throws(FlintError) {
    let selection = try rows.map { (rows) throws(FlintError) in
      try Selection(copying: rows, count: count, kernels.memory)
    }
    let numbers = try number(Array(columns[range]), selection)
    add(numbers: numbers.rows, at: shift)
    for column in range { try maskNulls(columns[column], column, rows) }
    withExtendedLifetime(numbers) {}
  }
}

extension Kernels {
  /// Texts as they are; other values as bytes that are equal for equal values.
  func keyTexts(_ vector: Vector) throws(FlintError) -> Vector {
    let flat = try vector.flat(memory)
    return flat.type.physical == .text ? flat : try keyBytes(flat)
  }
}
