public import FlintCore
internal import Glibc

/// Numbers the different keys of rows, 0 for the first that came. A key is the values of some columns; null equals null.
///
/// Keys that fit 64 or 128 bits are compared as words. Texts and nested values get numbers of their own first, and columns
/// that need more than 128 bits are numbered together, until the rest fits. It has one user at a time.
public final class GroupTable {
  /// What the key's columns hold.
  public let types: [DataType]
  /// How many different keys there are.
  public private(set) var count = 0
  private let kernels: Kernels
  private var shape: KeyLookup.Shape
  private let parts: [KeyPart]
  /// The keys by number: what each batch brought, column by column; nothing where nobody asks for them.
  private var chunks: [[Vector]]
  private let keepsKeys: Bool
  /// What the values of the last dictionary are numbered.
  private var known: KnownDictionary?
  private var nullNumber: Int32?
  /// The numbers of keys of two columns that have numbers of their own; nil when there are too many.
  private var combinations: KeyCombinations?

  private struct KnownDictionary {
    let dictionary: Vector
    var numbers: [Int32]
  }

  /// No keys. With `keepsKeys` off they cannot be asked for. Throws `memory-budget-exceeded`.
  public init(_ types: [DataType], keepsKeys: Bool = true, _ kernels: Kernels) throws(FlintError) {
    self.keepsKeys = keepsKeys
    self.types = types
    self.kernels = kernels
    chunks = types.map { _ in [] }
    if types.isEmpty {
      shape = .nothing
      parts = []
    } else if types.count == 1, KeyPart.bits(of: types[0]) == nil {
      shape = .texts(try TextTable(kernels.memory))
      parts = []
    } else {
      parts = try KeyPart.parts(types, kernels)
      let bits = parts.last.map { $0.shift + $0.bits } ?? 0
      combinations = parts.count == 2 && parts.allSatisfy(\.isNumbered) ? KeyCombinations() : nil
      shape = bits <= 64 ? .words(try WordTable(kernels.memory)) : .pairs(try KeyTable(kernels.memory))
    }
  }

  /// Bytes that the tables take, without the keys' columns.
  public var heldBytes: Int {
    parts.reduce(shape.heldBytes + (combinations?.heldBytes ?? 0)) { $0 + $1.heldBytes }
  }

  /// The number of each row's key; keys that are new are added. The rows are those of `selection`, or all `length` of them.
  public func insert(
    _ columns: [Vector], length: Int, selection: Selection? = nil
  ) throws(FlintError) -> RowNumbers {
    precondition(columns.map(\.type) == types, "these columns are not the key's")
    defer { withExtendedLifetime((columns, selection)) {} }
    let rows = selection?.rows
    let rowCount = selection?.count ?? length
    guard count + rowCount <= Int(Int32.max) else {
      throw FlintError(.resourceExhausted, "a table cannot hold more than 2,147,483,647 keys")
    }
    let numbers = try kernels.memory.buffer(rowCount * 4)
    let target = numbers.pointer(to: Int32.self)
    if case .texts(var table) = shape {
      // The table is moved out and back, so that it is not copied while it is changed.
      shape = .nothing
      defer { shape = .texts(table) }
      try insertTexts(columns[0], rows, rowCount, &table, target)
      count = table.used
      return RowNumbers(numbers, count: rowCount)
    }
    let fresh = try kernels.memory.buffer(rowCount * 4)
    let freshRows = fresh.pointer(to: Int32.self)
    var freshCount = 0
    if types.isEmpty {
      for row in 0..<rowCount { target[row] = 0 }
      count = max(count, rowCount > 0 ? 1 : 0)
      return RowNumbers(numbers, count: rowCount)
    }
    if try findCombined(columns, selection, rowCount, target) { return RowNumbers(numbers, count: rowCount) }
    let keys = try keyBatch(columns, rows, rowCount)
    if case .words(var table) = shape {
      freshCount = try table.insert(keys, target, fresh: freshRows)
      shape = .words(table)
    } else if case .pairs(var table) = shape {
      freshCount = try table.insert(keys, 0..<rowCount, target, fresh: freshRows)
      shape = .pairs(table)
    }
    if let rows { for index in 0..<freshCount { freshRows[index] = rows[Int(freshRows[index])] } }
    try keep(columns, RowNumbers(fresh, count: freshCount))
    count += freshCount
    combinations?.learn(target)
    return RowNumbers(numbers, count: rowCount)
  }

  /// Writes the numbers of keys of two columns of texts by the numbers of these, if they are known; otherwise false.
  private func findCombined(
    _ columns: [Vector], _ selection: Selection?, _ rowCount: Int, _ target: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Bool {
    guard combinations != nil else { return false }
    let first = try parts[0].numbers(columns, selection, rowCount)
    let second = try parts[1].numbers(columns, selection, rowCount)
    guard let first, let second, parts[0].count * parts[1].count <= KeyCombinations.most else {
      combinations = nil
      return false
    }
    try combinations?.widen(parts[0].count, parts[1].count, kernels.memory)
    return combinations?.find(first, second, target) ?? false
  }

  /// Prepares the table to be looked in many times. No keys are added any more.
  func finish() throws(FlintError) {
    if case .words(let table) = shape { shape = .words(try table.finished()) }
  }

  /// The keys as they are now, to look in.
  var lookup: KeyLookup {
    KeyLookup(types: types, count: count, shape: shape, parts: parts.map(\.lookup), nullNumber: nullNumber)
  }

  /// The number of each row's key, -1 for a key that is not there. With `nullsMatch` off a key with a null is never there.
  public func find(
    _ columns: [Vector], length: Int, selection: Selection? = nil, nullsMatch: Bool = false
  ) throws(FlintError) -> RowNumbers {
    try lookup.find(columns, length: length, selection: selection, nullsMatch: nullsMatch, kernels)
  }

  /// The keys in the order of their numbers, as columns.
  public func keys() throws(FlintError) -> [Vector] {
    precondition(keepsKeys, "the keys were not kept")
    for column in types.indices {
      let chunk = chunks[column]
      chunks[column] = [
        chunk.isEmpty ? try kernels.nulls(types[column], count: 0) : try kernels.concatenate(chunk)
      ]
    }
    return chunks.map { $0[0] }
  }

  private func keyBatch(
    _ columns: [Vector], _ rows: UnsafePointer<Int32>?, _ count: Int
  ) throws(FlintError) -> KeyBatch {
    let isPair = if case .pairs = shape { true } else { false }
    let keys = try KeyBatch(count, isPair: isPair, kernels.memory)
    for part in parts { try part.add(columns, rows, to: keys, kernels) }
    return keys
  }

  private func keep(_ columns: [Vector], _ rows: RowNumbers) throws(FlintError) {
    guard rows.count > 0, keepsKeys else { return }
    for column in columns.indices { chunks[column].append(try kernels.take(columns[column], rows)) }
  }

  // MARK: One column of texts.

  private func insertTexts(
    _ column: Vector, _ rows: UnsafePointer<Int32>?, _ rowCount: Int, _ table: inout TextTable,
    _ target: UnsafeMutablePointer<Int32>
  ) throws(FlintError) {
    if let dictionary = column.dictionary, dictionary.count <= max(rowCount, 1) {
      try insertDictionary(column, dictionary, rows, rowCount, &table, target)
    } else {
      let texts = try kernels.keyTexts(column)
      let fresh = try kernels.memory.buffer(rowCount * 4)
      let freshRows = fresh.pointer(to: Int32.self)
      let freshCount = try table.insert(
        KeyTexts(texts, rows: rows, count: rowCount), target, null: nullNumber ?? -1, fresh: freshRows)
      if let rows { for index in 0..<freshCount { freshRows[index] = rows[Int(freshRows[index])] } }
      try keep([column], RowNumbers(fresh, count: freshCount))
      withExtendedLifetime(texts) {}
    }
    if nullNumber == nil, column.nullCount > 0 { try numberNulls(target, rowCount, &table) }
  }

  /// Gives the first null a number.
  private func numberNulls(
    _ target: UnsafeMutablePointer<Int32>, _ rowCount: Int, _ table: inout TextTable
  ) throws(FlintError) {
    var least: Int32 = 0
    for index in 0..<rowCount { least = min(least, target[index]) }
    if least == 0 { return }
    let number = try table.takeNumber()
    nullNumber = number
    if keepsKeys { chunks[0].append(try kernels.nulls(types[0], count: 1)) }
    for index in 0..<rowCount { target[index] = target[index] < 0 ? number : target[index] }
  }

  /// Each value of a dictionary that a row refers to is looked for once.
  private func insertDictionary(
    _ column: Vector, _ dictionary: Vector, _ rows: UnsafePointer<Int32>?, _ rowCount: Int, _ table: inout TextTable,
    _ target: UnsafeMutablePointer<Int32>
  ) throws(FlintError) {
    if known?.dictionary !== dictionary {
      known = KnownDictionary(dictionary: dictionary, numbers: [Int32](repeating: -1, count: dictionary.count))
    }
    guard var numbers = known?.numbers else { return }
    known = nil
    let codes = column.codes
    let there = column.validity?.bits
    var wanted: [Int32] = []
    for index in 0..<rowCount {
      let row = rows.map { Int($0[index]) } ?? index
      if let there, !there[row] { continue }
      let code = Int(codes[row])
      if numbers[code] == -1 {
        // Until it has its number, this keeps it from being wanted twice.
        numbers[code] = -2
        wanted.append(Int32(truncatingIfNeeded: code))
      }
    }
    if !wanted.isEmpty {
      let texts = try kernels.keyTexts(dictionary)
      let fresh = try kernels.memory.buffer(wanted.count * 4)
      let freshRows = fresh.pointer(to: Int32.self)
      let found = try kernels.memory.buffer(wanted.count * 4)
      let foundNumbers = found.pointer(to: Int32.self)
      let freshCount = try wanted.withUnsafeBufferPointer { (wanted) throws(FlintError) in
        try table.insert(
          KeyTexts(texts, rows: wanted.baseAddress, count: wanted.count), foundNumbers, null: -1, fresh: freshRows)
      }
      for (index, code) in wanted.enumerated() { numbers[Int(code)] = foundNumbers[index] }
      for index in 0..<freshCount { freshRows[index] = wanted[Int(freshRows[index])] }
      try keep([dictionary], RowNumbers(fresh, count: freshCount))
      withExtendedLifetime((texts, found)) {}
    }
    let null = nullNumber ?? -1
    numbers.withUnsafeBufferPointer { numbers in
      for index in 0..<rowCount {
        let row = rows.map { Int($0[index]) } ?? index
        target[index] = there.map { $0[row] } ?? true ? numbers[Int(codes[row])] : null
      }
    }
    known = KnownDictionary(dictionary: dictionary, numbers: numbers)
  }
}
