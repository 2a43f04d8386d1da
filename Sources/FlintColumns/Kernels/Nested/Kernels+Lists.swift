public import FlintCore

extension Kernels {
  /// How many elements each list or map has, as an `int32`; of null it is null, or -1 under the legacy rules.
  public func size(_ vector: Vector) throws(FlintError) -> Vector {
    let buffer = try memory.buffer(vector.count * 4)
    let target = buffer.pointer(to: Int32.self)
    let offsets = vector.offsets
    let isLegacy = rules == .legacy
    for row in 0..<vector.count {
      target[row] = isLegacy && vector.isNull(row) ? -1 : offsets[row &+ 1] &- offsets[row]
    }
    return Vector(
      .int32, count: vector.count, validity: isLegacy ? nil : vector.validity, .values(buffer, start: 0))
  }

  /// A row for each element of each list or map. Rows without elements are left out, or with `keepsEmpty` stay with null.
  public func explode(_ vector: Vector, keepsEmpty: Bool = false) throws(FlintError) -> Exploded {
    let (rows, places, positions) = try places(vector, keepsEmpty)
    let values: [Vector]
    switch vector.form {
    case .list(_, _, let elements): values = [try take(elements, places)]
    case .map(_, _, let keys, let all): values = [try take(keys, places), try take(all, places)]
    case .bits, .values, .text, .structure, .dictionary: preconditionFailure("\(vector.type) has no elements")
    }
    return Exploded(rows: rows, positions: positions, values: values)
  }

  /// For each element its row, its place among all elements and its place in its list; -1 and null where a row has none.
  private func places(
    _ vector: Vector, _ keepsEmpty: Bool
  ) throws(FlintError) -> (rows: RowNumbers, places: RowNumbers, positions: Vector) {
    var (rows, places) = ([Int32](), [Int32]())
    let positions = try ValueBuilder<Int32>(.int32, capacity: vector.count, memory)
    let offsets = vector.offsets
    for row in 0..<vector.count {
      let range = vector.isNull(row) ? 0..<0 : offsets[row]..<offsets[row + 1]
      guard rows.count + range.count < Int(Int32.max) else {
        throw FlintError(
          .resourceExhausted, "the lists of one batch have more than 2,147,483,647 elements",
          remedy: "use smaller batches")
      }
      for place in range {
        rows.append(Int32(row))
        places.append(place)
        try positions.append(place - range.lowerBound)
      }
      guard range.isEmpty, keepsEmpty else { continue }
      rows.append(Int32(row))
      places.append(-1)
      try positions.appendNull()
    }
    return (try RowNumbers(rows, memory), try RowNumbers(places, memory), try positions.finish())
  }

  /// The element of each list with a number, an `int32` from 0 on; null where there is none.
  public func element(_ lists: Vector, at numbers: Operand) throws(FlintError) -> Vector {
    guard case .list(_, _, let elements) = lists.form else { preconditionFailure("\(lists.type) is no list") }
    precondition(numbers.type == .int32, "numbers of elements are int")
    let numbers = try numbers.flat(memory)
    defer { withExtendedLifetime(numbers) {} }
    let lane = numbers.lane(Int32.self)
    let offsets = lists.offsets
    let rows = (0..<lists.count).map { row -> Int32 in
      let number = lane.value(row)
      let isThere = !lists.isNull(row) && !numbers.vector.isNull(numbers.isConstant ? 0 : row)
      return isThere && number >= 0 && number < offsets[row + 1] - offsets[row] ? offsets[row] + number : -1
    }
    return try take(elements, try RowNumbers(rows, memory))
  }

  /// The value that each map has for a key; null where it has none.
  public func value(_ maps: Vector, of key: Operand) throws(FlintError) -> Vector {
    guard case .map(_, _, _, let values) = maps.form else { preconditionFailure("\(maps.type) is no map") }
    let exploded = try explode(maps)
    defer { withExtendedLifetime(exploded) {} }
    let wanted = key.isConstant ? key : .vector(try take(key.vector, exploded.rows))
    let isSame = try compare(.equal, .vector(exploded.values[0]), wanted)
    var rows = [Int32](repeating: -1, count: maps.count)
    let found = exploded.rows.rows
    let positions = exploded.positions.pointer(to: Int32.self)
    let offsets = maps.offsets
    for index in 0..<exploded.rows.count where !isSame.isNull(index) && isSame.bits[index] {
      rows[Int(found[index])] = offsets[Int(found[index])] + positions[index]
    }
    return try take(values, try RowNumbers(rows, memory))
  }

  /// Whether each list holds a value; null where it does not and holds null, or where either is null.
  public func contains(_ lists: Vector, _ value: Operand) throws(FlintError) -> Vector {
    let exploded = try explode(lists)
    defer { withExtendedLifetime(exploded) {} }
    let wanted = value.isConstant ? value : .vector(try take(value.vector, exploded.rows))
    let isSame = try compare(.equal, .vector(exploded.values[0]), wanted)
    var (found, unknown) = ([Bool](repeating: false, count: lists.count), [Bool](repeating: false, count: lists.count))
    let rows = exploded.rows.rows
    for index in 0..<exploded.rows.count {
      let row = Int(rows[index])
      if isSame.isNull(index) { unknown[row] = true } else if isSame.bits[index] { found[row] = true }
    }
    let bits = try packed(lists.count) { found[$0] ? 1 : 0 }
    let there = try packed(lists.count) { row in
      let isNull = lists.isNull(row) || value.vector.isNull(value.isConstant ? 0 : row)
      return !isNull && (found[row] || !unknown[row]) ? 1 : 0
    }
    return Vector(.boolean, count: lists.count, validity: Validity(there), .bits(bits, start: 0))
  }

  // MARK: Making nested values.

  /// A list of each row's values; null only stands within it.
  public func list(_ operands: [Operand]) throws(FlintError) -> Vector {
    guard let first = operands.first else { preconditionFailure("a list without values has no type") }
    precondition(operands.allSatisfy { $0.type == first.type }, "the values of a list have one type")
    let count = operands.first { !$0.isConstant }?.vector.count ?? 1
    let all = try concatenate(operands.map(\.vector))
    var (starts, total) = ([Int](), 0)
    for operand in operands {
      starts.append(total)
      total += operand.vector.count
    }
    var rows: [Int32] = []
    rows.reserveCapacity(count * operands.count)
    for row in 0..<count {
      for (operand, start) in zip(operands, starts) { rows.append(Int32(start + (operand.isConstant ? 0 : row))) }
    }
    let elements = try take(all, try RowNumbers(rows, memory))
    let offsets = try memory.buffer((count + 1) * 4)
    for row in 0...count { offsets.pointer(to: Int32.self)[row] = Int32(row * operands.count) }
    let type = DataType.list(Field("element", first.type, isNullable: true))
    return Vector(type, count: count, .list(offsets: offsets, start: 0, elements: elements))
  }

  /// A structure of each row's values; with `isNullWithAny` null where one of them is.
  public func structure(
    _ fields: [Field], _ operands: [Operand], isNullWithAny: Bool = false
  ) throws(FlintError) -> Vector {
    let count = operands.first { !$0.isConstant }?.vector.count ?? 1
    let parts = try operands.map { (operand) throws(FlintError) in try spread(operand, count).vector }
    let validity = isNullWithAny ? try commonValidity(parts.map { .vector($0) }, count) : nil
    return Vector(.structure(fields), count: count, validity: validity, .structure(parts))
  }

  /// A part of each structure; null where the structure is.
  public func part(_ number: Int, of structures: Vector) throws(FlintError) -> Vector {
    guard case .structure(let parts) = structures.form else { preconditionFailure("\(structures.type) has no parts") }
    let part = parts[number]
    guard structures.nullCount > 0 else { return part }
    let validity = try commonValidity([.vector(structures), .vector(part)], structures.count)
    return Vector(part.type, count: part.count, validity: validity, part.form)
  }

  /// Lists of structures of the elements that stand at the same place, with null for lists that are shorter: Spark's
  /// `arrays_zip`. The fields have the names given; null where a list is null.
  public func zipLists(_ lists: [Vector], names: [String]) throws(FlintError) -> Vector {
    guard let count = lists.first?.count else { preconditionFailure("there is a list to begin with") }
    let validity = try commonValidity(lists.map { .vector($0) }, count)
    let there = validity?.bits
    let offsets = try memory.buffer((count + 1) * 4)
    let ends = offsets.pointer(to: Int32.self)
    ends[0] = 0
    var total = 0
    for row in 0..<count {
      if there?[row] ?? true {
        total += lists.reduce(0) { max($0, Int($1.offsets[row + 1] - $1.offsets[row])) }
        try OffsetBuilder.demand(total, of: lists[0].type)
      }
      ends[row + 1] = Int32(truncatingIfNeeded: total)
    }
    var (fields, parts) = ([Field](), [Vector]())
    for (list, name) in zip(lists, names) {
      guard case .list(_, _, let elements) = list.form else { preconditionFailure("\(list.type) is no list") }
      var rows: [Int32] = []
      rows.reserveCapacity(total)
      for row in 0..<count {
        for place in 0..<ends[row + 1] - ends[row] {
          let isThere = place < list.offsets[row + 1] - list.offsets[row]
          rows.append(isThere ? list.offsets[row] + place : -1)
        }
      }
      parts.append(try take(elements, try RowNumbers(rows, memory)))
      fields.append(Field(name, elements.type))
    }
    let type = DataType.structure(fields)
    let elements = Vector(type, count: total, .structure(parts))
    return Vector(
      .list(Field("element", type, isNullable: false)), count: count, validity: validity,
      .list(offsets: offsets, start: 0, elements: elements))
  }
}
