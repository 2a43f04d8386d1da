public import FlintCore
internal import Glibc

extension Kernels {
  /// The values of the rows that `rows` names, in that order; null where it names none.
  public func take(_ vector: Vector, _ rows: RowNumbers) throws(FlintError) -> Vector {
    // Nothing to read from: every number is -1, or there is none.
    if vector.count == 0 { return try nulls(vector.type, count: rows.count) }
    if let first = rows.first { return vector.slice(first..<first + rows.count) }
    return try withKept(vector, rows) { () throws(FlintError) in
      let validity = try takenValidity(vector, rows)
      return Vector(vector.type, count: rows.count, validity: validity, try takenForm(vector, rows, validity))
    }
  }

  /// The rows that count, side by side.
  public func compact(_ batch: Batch) throws(FlintError) -> Batch {
    guard let selection = batch.selection else { return batch }
    return try take(batch, RowNumbers(selection))
  }

  /// The rows that `rows` names, whatever the selection says. It must name one each time, unless all columns are nullable.
  public func take(_ batch: Batch, _ rows: RowNumbers) throws(FlintError) -> Batch {
    let columns = try batch.columns.map { (column) throws(FlintError) in try take(column, rows) }
    return Batch(batch.schema, columns, length: rows.count)
  }

  private func takenValidity(_ vector: Vector, _ rows: RowNumbers) throws(FlintError) -> Validity? {
    guard vector.validity != nil || rows.mayMiss else { return nil }
    let numbers = rows.rows
    guard let bits = vector.validity?.bits else {
      return Validity(try packed(rows.count) { numbers[$0] >= 0 ? 1 : 0 })
    }
    return Validity(
      try packed(rows.count) { index in
        let row = Int(numbers[index])
        return row >= 0 ? (bits[row] ? 1 : 0) : 0
      })
  }

  private func takenForm(
    _ vector: Vector, _ rows: RowNumbers, _ validity: Validity?
  ) throws(FlintError) -> VectorForm {
    let numbers = rows.rows
    switch vector.form {
    case .bits:
      let bits = vector.bits
      return .bits(try packed(rows.count) { bits[Int(max(numbers[$0], 0))] ? 1 : 0 }, start: 0)
    case .values(let buffer, let start):
      let width = vector.type.physical.width ?? 0
      return .values(try gather(buffer.start + start * width, width, rows), start: 0)
    case .dictionary(let codes, let start, let dictionary):
      return .dictionary(codes: try gather(codes.start + start * 4, 4, rows), start: 0, dictionary: dictionary)
    case .text:
      return try gatherTexts(vector, rows, validity)
    case .structure(let parts):
      return .structure(try parts.map { (part) throws(FlintError) in try take(part, rows) })
    case .list(_, _, let elements):
      let (offsets, places) = try gatherRanges(vector, rows, validity)
      return .list(offsets: offsets, start: 0, elements: try take(elements, places))
    case .map(_, _, let keys, let values):
      let (offsets, places) = try gatherRanges(vector, rows, validity)
      return .map(offsets: offsets, start: 0, keys: try take(keys, places), values: try take(values, places))
    }
  }

  private func gather(_ source: UnsafeMutableRawPointer, _ width: Int, _ rows: RowNumbers) throws(FlintError)
    -> ColumnBuffer
  {
    let target = try memory.buffer(rows.count * width)
    switch width {
    case 1: gather(source, UInt8.self, rows, target)
    case 2: gather(source, UInt16.self, rows, target)
    case 4: gather(source, UInt32.self, rows, target)
    case 8: gather(source, UInt64.self, rows, target)
    default: gather(source, UInt128.self, rows, target)
    }
    return target
  }

  @inline(__always)
  private func gather<Value: BitwiseCopyable>(
    _ source: UnsafeMutableRawPointer, _: Value.Type, _ rows: RowNumbers, _ target: ColumnBuffer
  ) {
    let numbers = rows.rows
    let values = source.assumingMemoryBound(to: Value.self)
    let result = target.pointer(to: Value.self)
    if rows.mayMiss {
      for index in 0..<rows.count { result[index] = values[Int(truncatingIfNeeded: max(numbers[index], 0))] }
    } else {
      for index in 0..<rows.count { result[index] = values[Int(truncatingIfNeeded: numbers[index])] }
    }
  }

  private func gatherTexts(
    _ vector: Vector, _ rows: RowNumbers, _ validity: Validity?
  ) throws(FlintError) -> VectorForm {
    let target = try memory.buffer((rows.count + 1) * 4)
    let total = try gatherLengths(vector, rows, validity, target)
    let bytes = try memory.buffer(total)
    let numbers = rows.rows
    let texts = TextPointers(vector)
    let offsets = target.pointer(to: Int32.self)
    var place = bytes.start
    for index in 0..<rows.count where offsets[index &+ 1] > offsets[index] {
      place = TextPointers.copy(texts[Int(truncatingIfNeeded: numbers[index])], to: place)
    }
    return .text(offsets: target, start: 0, bytes: bytes)
  }

  private func gatherRanges(
    _ vector: Vector, _ rows: RowNumbers, _ validity: Validity?
  ) throws(FlintError) -> (offsets: ColumnBuffer, places: RowNumbers) {
    let target = try memory.buffer((rows.count + 1) * 4)
    let total = try gatherLengths(vector, rows, validity, target)
    let places = try memory.buffer(total * 4)
    let numbers = rows.rows
    let source = vector.offsets
    let offsets = target.pointer(to: Int32.self)
    let result = places.pointer(to: Int32.self)
    for index in 0..<rows.count {
      let length = offsets[index &+ 1] &- offsets[index]
      if length == 0 { continue }
      let from = source[Int(numbers[index])]
      for element in 0..<length { result[Int(offsets[index] &+ element)] = from &+ element }
    }
    return (target, RowNumbers(places, count: total))
  }

  /// Writes offsets for the lengths of texts, lists or maps, and returns the last one. Null has no length.
  private func gatherLengths(
    _ vector: Vector, _ rows: RowNumbers, _ validity: Validity?, _ target: ColumnBuffer
  ) throws(FlintError) -> Int {
    let numbers = rows.rows
    let source = vector.offsets
    let offsets = target.pointer(to: Int32.self)
    let bits = validity?.bits
    offsets[0] = 0
    var total = 0
    for index in 0..<rows.count {
      if bits?[index] ?? true {
        let row = Int(numbers[index])
        total &+= Int(source[row &+ 1] &- source[row])
      }
      offsets[index &+ 1] = Int32(truncatingIfNeeded: total)
    }
    try OffsetBuilder.demand(total, of: vector.type)
    return total
  }

  /// Keeps what pointers lead into alive.
  @inline(__always)
  func withKept<Result>(
    _ first: Vector, _ second: RowNumbers, _ body: () throws(FlintError) -> Result
  ) throws(FlintError) -> Result {
    defer { withExtendedLifetime((first, second)) {} }
    return try body()
  }
}

extension Vector {
  /// The same values without a dictionary.
  public func flat(_ memory: ColumnMemory) throws(FlintError) -> Vector {
    guard case .dictionary(let codes, let start, let dictionary) = form else { return self }
    let kernels = Kernels(memory)
    let rows = try kernels.numbers(codes, start: start, count: count)
    let values = try kernels.take(dictionary, rows)
    return Vector(type, count: count, validity: validity, nullCount: nullCount, values.form)
  }
}

extension Kernels {
  /// Codes from `start` on as numbers of rows.
  func numbers(_ codes: ColumnBuffer, start: Int, count: Int) throws(FlintError) -> RowNumbers {
    if start == 0 { return RowNumbers(codes, count: count) }
    let copy = try memory.buffer(count * 4)
    memcpy(copy.start, codes.start + start * 4, count * 4)
    return RowNumbers(copy, count: count)
  }

  /// A bitmap of `count` bits, each of which `bit` says.
  @inline(__always)
  func packed(_ count: Int, _ bit: (Int) -> UInt8) throws(FlintError) -> ColumnBuffer {
    let buffer = try memory.buffer(Bits.wordBytes(count))
    BitPacker.pack(count, into: buffer.pointer(to: UInt64.self), bit)
    return buffer
  }
}
