internal import FlintColumns
internal import FlintCore

extension ArrowDecoder {
  mutating func list<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ field: ArrowField, _ type: DataType, _ count: Int, _ validity: Validity?, _: Offset.Type
  ) throws(FormatFault) -> Vector {
    guard case .list(let element) = type else { preconditionFailure("\(type) is no list") }
    let (offsets, last) = try listOffsets(count, Offset.self)
    outer = nil
    let elements = try vector(field.parts[0], element.type, count: nil)
    guard last <= elements.count else { throw .damaged("its lists have \(last) elements, of \(elements.count)") }
    return try list(type, count, validity, offsets, elements, element)
  }

  mutating func fixedList(
    _ field: ArrowField, _ type: DataType, _ count: Int, _ size: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    guard case .list(let element) = type else { preconditionFailure("\(type) is no list") }
    guard count * size <= Int(Int32.max) else {
      throw .unsupported("it has more than 2,147,483,647 elements in a batch")
    }
    outer = nil
    let elements = try vector(field.parts[0], element.type, count: count * size)
    return try list(type, count, validity, try steps(count, size), elements, element)
  }

  private func list(
    _ type: DataType, _ count: Int, _ validity: Validity?, _ offsets: ColumnBuffer, _ elements: Vector, _ element: Field
  ) throws(FormatFault) -> Vector {
    let settled = element.isNullable ? elements : try neverNull(elements, offsets, validity, count)
    return Vector(type, count: count, validity: validity, .list(offsets: offsets, start: 0, elements: settled))
  }

  mutating func structure(
    _ field: ArrowField, _ type: DataType, _ count: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    guard case .structure(let fields) = type else { preconditionFailure("\(type) is no structure") }
    var parts: [Vector] = []
    for (part, inner) in zip(field.parts, fields) {
      outer = validity
      let values = try vector(part, inner.type, count: count)
      parts.append(inner.isNullable ? values : try neverNull(values) { validity?.bits[$0] ?? true })
    }
    return Vector(type, count: count, validity: validity, .structure(parts))
  }

  mutating func map(
    _ field: ArrowField, _ type: DataType, _ count: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    guard case .map(let key, let value) = type else { preconditionFailure("\(type) is no map") }
    let (offsets, last) = try listOffsets(count, Int32.self)
    let entries = header.nodes[cursor.node]
    cursor.node += 1
    _ = try nextBytes()
    guard last <= entries.length else { throw .damaged("its maps have \(last) keys, of \(entries.length)") }
    guard entries.nulls == 0 else { throw .damaged("an entry of a map is null") }
    let pair = field.parts[0].parts
    outer = nil
    let keys = try vector(pair[0], key.type, count: entries.length)
    outer = nil
    let values = try vector(pair[1], value.type, count: entries.length)
    let settledKeys = try neverNull(keys, offsets, validity, count)
    let settled = value.isNullable ? values : try neverNull(values, offsets, validity, count)
    return Vector(
      type, count: count, validity: validity, .map(offsets: offsets, start: 0, keys: settledKeys, values: settled))
  }

  private mutating func listOffsets<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int, _: Offset.Type
  ) throws(FormatFault) -> (ColumnBuffer, last: Int) {
    let places = try nextBytes()
    let range = try Self.range(places, count, Offset.self)
    guard range.upperBound <= Int(Int32.max) else {
      throw .unsupported("it has more than 2,147,483,647 elements in a batch")
    }
    return (try offsets(places, count, Offset.self, from: 0), range.upperBound)
  }

  // MARK: Values that are never null.

  /// Values of which those that belong to a list or map are never null. Behind the last one, and under null, they may be.
  private func neverNull(
    _ values: Vector, _ offsets: ColumnBuffer, _ validity: Validity?, _ count: Int
  ) throws(FormatFault) -> Vector {
    guard values.nullCount > 0 else { return values }
    let places = offsets.pointer(to: Int32.self)
    for row in 0..<count where validity?.bits[row] ?? true {
      for index in places[row]..<places[row + 1] where values.isNull(Int(index)) { throw Self.nullWhereNone }
    }
    return try neverNull(values) { _ in false }
  }

  /// Values that are not null where `isUsed`, and then nowhere.
  func neverNull(_ values: Vector, _ isUsed: (Int) -> Bool) throws(FormatFault) -> Vector {
    guard values.nullCount > 0 else { return values }
    for row in 0..<values.count where values.isNull(row) && isUsed(row) { throw Self.nullWhereNone }
    return Vector(values.type, count: values.count, values.form)
  }

  private static let nullWhereNone = FormatFault.damaged("null stands where its schema says that none does")
}
