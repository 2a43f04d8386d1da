internal import FlintColumns
internal import FlintCore

extension Compiler {
  func nestedCall(
    _ function: ScalarFunction, _ operands: [TypedExpression], _ type: DataType
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .structure:
      return try several(operands) { (values, count) throws(FlintError) in
        let parts = try values.map { (value) throws(FlintError) in
          try kernels.spread(value, count).vector.flat(kernels.memory)
        }
        return Vector(type, count: count, .structure(parts))
      }
    case .field(let index):
      return try unary(operands[0]) { (whole, _) throws(FlintError) in try kernels.field(whole, index) }
    case .element:
      return try several(operands) { (values, count) throws(FlintError) in
        try kernels.element(
          try kernels.spread(values[0], count).vector, try kernels.spread(values[1], count).vector)
      }
    case .makeList:
      return try several(operands) { (values, count) throws(FlintError) in
        try kernels.list(type, values, count)
      }
    case .size:
      return try unary(operands[0]) { (list, _) throws(FlintError) in
        let offsets = list.offsets
        let buffer = try kernels.memory.buffer(list.count * 4)
        let target = buffer.pointer(to: Int32.self)
        for row in 0..<list.count { target[row] = offsets[row + 1] - offsets[row] }
        return Vector(.int32, count: list.count, validity: list.validity, .values(buffer, start: 0))
      }
    default: return nil
    }
  }
}

extension Kernels {
  /// A field of structures, null where the structure is.
  func field(_ whole: Vector, _ index: Int) throws(FlintError) -> Vector {
    guard case .structure(let parts) = whole.form else { preconditionFailure("\(whole.type) has no fields") }
    let part = parts[index]
    guard whole.validity != nil else { return part }
    let rows = try memory.buffer(whole.count * 4)
    let numbers = rows.pointer(to: Int32.self)
    for row in 0..<whole.count { numbers[row] = whole.isNull(row) ? -1 : Int32(row) }
    return try take(part, RowNumbers(rows, count: whole.count, mayMiss: true))
  }

  /// The element of each list with this number, from 0 on; null where there is none.
  func element(_ lists: Vector, _ numbers: Vector) throws(FlintError) -> Vector {
    guard case .list(_, _, let elements) = lists.form else { preconditionFailure("\(lists.type) has no elements") }
    let offsets = lists.offsets
    let wanted = numbers.pointer(to: Int32.self)
    let rows = try memory.buffer(lists.count * 4)
    let target = rows.pointer(to: Int32.self)
    for row in 0..<lists.count {
      let length = offsets[row + 1] - offsets[row]
      let isThere = !lists.isNull(row) && !numbers.isNull(row) && wanted[row] >= 0 && wanted[row] < length
      target[row] = isThere ? offsets[row] + wanted[row] : -1
    }
    return try take(elements, RowNumbers(rows, count: lists.count, mayMiss: true))
  }

  /// A list of each row's values.
  func list(_ type: DataType, _ values: [Operand], _ count: Int) throws(FlintError) -> Vector {
    let offsets = try memory.buffer((count + 1) * 4)
    let ends = offsets.pointer(to: Int32.self)
    for row in 0...count { ends[row] = Int32(row * values.count) }
    guard case .list(let element) = type, !values.isEmpty else {
      guard case .list(let element) = type else { preconditionFailure("\(type) is no list") }
      return Vector(
        type, count: count, .list(offsets: offsets, start: 0, elements: try nulls(element.type, count: 0)))
    }
    // All first values stand before all second ones; they are taken in the order of the rows.
    let vectors = try values.map { (value) throws(FlintError) in try spread(value, count).vector }
    let all = try concatenate(vectors)
    let rows = try memory.buffer(count * values.count * 4)
    let target = rows.pointer(to: Int32.self)
    for row in 0..<count {
      for place in values.indices { target[row * values.count + place] = Int32(place * count + row) }
    }
    let elements = try take(all, RowNumbers(rows, count: count * values.count))
    precondition(elements.type == element.type, "the values are no \(element)")
    return Vector(type, count: count, .list(offsets: offsets, start: 0, elements: elements))
  }
}
