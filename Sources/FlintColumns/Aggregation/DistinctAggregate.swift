internal import FlintCore

/// A function in which each value of a key counts once. What leaves memory and comes back has lost its order, so functions of
/// the first or the last values have no such form.
final class DistinctAggregate: Aggregate {
  private let function: any Aggregate
  private let type: DataType
  private let kernels: Kernels
  /// What values are numbered that are not in the words themselves.
  private let values: GroupTable?
  /// Pairs of a key and a value: the key's number plus one, and a value of up to 32 bits or its number.
  private var pairs: WordSet

  init(_ function: any Aggregate, of type: DataType, _ kernels: Kernels) throws(FlintError) {
    self.function = function
    self.type = type
    self.kernels = kernels
    let types = if case .structure(let fields) = type { fields.map(\.type) } else { [type] }
    values = Self.isShort(type) ? nil : try GroupTable(types, kernels)
    pairs = try WordSet(kernels.memory)
  }

  var cellSize: Int { function.cellSize }
  var cellAlignment: Int { function.cellAlignment }
  var heldBytes: Int { pairs.heldBytes + (values?.heldBytes ?? 0) + function.heldBytes }
  var partialType: DataType { function.partialType }

  /// Whether values are numbered, for which it must see all rows of a batch at once.
  var numbersValues: Bool { values != nil }

  /// Bytes that it needs beside what it has to take in some more rows, or to take the values out.
  func room(for rows: Int) -> Int {
    // The table of values may grow with that of pairs, or all values are put side by side.
    pairs.growth(for: rows) + 2 * (values?.heldBytes ?? 0)
  }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    guard let input, target.count > 0 else { return }
    let words = try kernels.memory.buffer(target.count * 8)
    let places = try kernels.memory.buffer(target.count * 4)
    let count = try write(input, target, words.pointer(), places.pointer())
    let fresh = try kernels.memory.buffer(count * 4)
    let rows = try kernels.memory.buffer(count * 4)
    let freshCount = try pairs.insert(words.pointer(), count, fresh: fresh.pointer())
    // From places among the words to the keys and rows that they were made of.
    let (numbers, freshRows) = (fresh.pointer(to: Int32.self), rows.pointer(to: Int32.self))
    let from = places.pointer(to: Int32.self)
    for index in 0..<freshCount {
      let place = Int(truncatingIfNeeded: from[Int(truncatingIfNeeded: numbers[index])])
      numbers[index] = target.numbers[place]
      freshRows[index] = Int32(truncatingIfNeeded: target.row(place))
    }
    try function.add(
      input,
      CellRows(cells: target.cells, numbers: numbers, count: freshCount, rows: freshRows, isNear: target.isNear))
    withExtendedLifetime((words, places, fresh, rows)) {}
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector { try function.results(cells) }

  func partials(_: Cells) throws(FlintError) -> Vector { Self.fatalPartials() }
  func merge(_: Vector, _: CellRows) throws(FlintError) { Self.fatalPartials() }

  private static func fatalPartials() -> Never {
    preconditionFailure("which values there were cannot be told from a result")
  }

  // MARK: Pairs.

  /// In how many pieces the pairs can be taken out.
  var pieceCount: Int { (pairs.slotCount + Self.piece - 1) / Self.piece }
  private static let piece = 1 << 16

  /// Some of the pairs: the number of the key and the value of each.
  func pairs(piece: Int) throws(FlintError) -> (keys: RowNumbers, values: Vector) {
    let slots = piece * Self.piece..<min((piece + 1) * Self.piece, pairs.slotCount)
    let keys = try kernels.memory.buffer(slots.count * 4)
    let bits = try kernels.memory.buffer(slots.count * 4)
    let (keyNumbers, valueBits) = (keys.pointer(to: Int32.self), bits.pointer(to: UInt32.self))
    var count = 0
    pairs.forEach(in: slots) { word in
      keyNumbers[count] = Int32(truncatingIfNeeded: word &>> 32) &- 1
      valueBits[count] = UInt32(truncatingIfNeeded: word)
      count += 1
    }
    let numbers = RowNumbers(bits, count: count)
    let found = if let values { try value(of: numbers, in: values) } else { try vector(numbers) }
    return (RowNumbers(keys, count: count), found)
  }

  /// The columns that are numbered together.
  private func columns(of value: Vector) throws(FlintError) -> [Vector] {
    guard type.physical == .structure else { return [value] }
    guard case .structure(let members) = try value.flat(kernels.memory).form else { return [] }
    return members
  }

  /// Values from their numbers.
  private func value(of numbers: RowNumbers, in table: GroupTable) throws(FlintError) -> Vector {
    let columns = try table.keys().map { (column) throws(FlintError) in try kernels.take(column, numbers) }
    guard type.physical == .structure else { return columns[0] }
    return Vector(type, count: numbers.count, .structure(columns))
  }

  /// Values of up to 32 bits from their bits.
  private func vector(_ bits: RowNumbers) throws(FlintError) -> Vector {
    switch type.physical {
    case .bit:
      let packed = try kernels.packed(bits.count) { UInt8(truncatingIfNeeded: bits.rows[$0]) }
      return Vector(type, count: bits.count, .bits(packed, start: 0))
    case .int8: return try narrowed(bits, Int8.self)
    case .int16: return try narrowed(bits, Int16.self)
    default: return try narrowed(bits, Int32.self)
    }
  }

  private func narrowed<Value: FixedWidthInteger & BitwiseCopyable>(
    _ bits: RowNumbers, _: Value.Type
  ) throws(FlintError) -> Vector {
    let buffer = try kernels.memory.buffer(bits.count * MemoryLayout<Value>.size)
    let target = buffer.pointer(to: Value.self)
    for index in 0..<bits.count { target[index] = Value(truncatingIfNeeded: bits.rows[index]) }
    return Vector(type, count: bits.count, .values(buffer, start: 0))
  }

  /// Writes the pairs of rows that are not null, and their places among the rows. Returns how many there are.
  private func write(
    _ input: Vector, _ target: CellRows, _ words: UnsafeMutablePointer<UInt64>,
    _ places: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    if let values {
      let selection = try selection(target, of: input.count)
      let found = try values.insert(try columns(of: input), length: input.count, selection: selection)
      defer { withExtendedLifetime((found, input)) {} }
      return write(input.validity, target, words, places) { place, _ in UInt32(bitPattern: found.rows[place]) }
    }
    let flat = try input.flat(kernels.memory)
    defer { withExtendedLifetime(flat) {} }
    switch type.physical {
    case .bit:
      let bits = flat.bits
      return write(flat.validity, target, words, places) { _, row in bits[row] ? 1 : 0 }
    case .int8: return write(flat, target, words, places, UInt8.self)
    case .int16: return write(flat, target, words, places, UInt16.self)
    default: return write(flat, target, words, places, UInt32.self)
    }
  }

  /// The rows; nil for all `length` of a vector.
  private func selection(_ target: CellRows, of length: Int) throws(FlintError) -> Selection? {
    if let rows = target.rows { return try Selection(copying: rows, count: target.count, kernels.memory) }
    if target.count == length { return nil }
    let buffer = try kernels.memory.buffer(target.count * 4)
    let rows = buffer.pointer(to: Int32.self)
    for index in 0..<target.count { rows[index] = Int32(truncatingIfNeeded: target.first &+ index) }
    return Selection(buffer, count: target.count)
  }

  private func write<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ flat: Vector, _ target: CellRows, _ words: UnsafeMutablePointer<UInt64>,
    _ places: UnsafeMutablePointer<Int32>, _: Value.Type
  ) -> Int {
    let values = flat.pointer(to: Value.self)
    return write(flat.validity, target, words, places) { _, row in UInt32(values[row]) }
  }

  @inline(__always)
  private func write(
    _ validity: Validity?, _ target: CellRows, _ words: UnsafeMutablePointer<UInt64>,
    _ places: UnsafeMutablePointer<Int32>, _ bits: (_ place: Int, _ row: Int) -> UInt32
  ) -> Int {
    let there = validity?.bits
    var count = 0
    for place in 0..<target.count {
      let row = target.row(place)
      if let there, !there[row] { continue }
      let key = UInt64(UInt32(bitPattern: target.numbers[place])) &+ 1
      words[count] = key &<< 32 | UInt64(bits(place, row))
      places[count] = Int32(truncatingIfNeeded: place)
      count &+= 1
    }
    return count
  }

  /// Whether values are whole numbers of up to 32 bits, which are equal when their bits are.
  private static func isShort(_ type: DataType) -> Bool {
    switch type.physical {
    case .bit, .int8, .int16, .int32: true
    case .int64, .int128, .float, .double, .interval, .text, .list, .structure, .map: false
    }
  }
}
