internal import FlintCore

/// Values and the number of the key that each belongs to, in the order in which they came, to become a list for each key.
struct GroupedLists {
  private(set) var values: [Vector] = []
  private(set) var numbers: [ColumnBuffer] = []
  private(set) var count = 0

  /// Adds values, and memory with a number of 32 bits for each.
  mutating func append(_ vector: Vector, _ keys: ColumnBuffer) throws(FlintError) {
    guard vector.count > 0 else { return }
    guard count + vector.count <= Int(Int32.max) else {
      throw FlintError(
        .resourceExhausted, "a function cannot collect more than 2,147,483,647 values",
        remedy: "collect them under more keys, or filter them before")
    }
    values.append(vector)
    numbers.append(keys)
    count += vector.count
  }

  /// Bytes that the values and the numbers take, but for those of texts and nested values.
  var heldBytes: Int {
    zip(values, numbers).reduce(0) { $0 + $1.1.heldBytes + $1.0.count * ($1.0.type.physical.width ?? 8) }
  }

  /// A list for each of the first `keys` keys, in the order of their values; keys without any have an empty one.
  func lists(_ type: DataType, keys: Int, _ kernels: Kernels) throws(FlintError) -> Vector {
    guard case .list(let element) = type else { preconditionFailure("\(type) is no list") }
    let offsets = try kernels.memory.buffer((keys + 1) * 4, isZeroed: true)
    let ends = offsets.pointer(to: Int32.self)
    for (vector, numbers) in zip(values, numbers) {
      let numbers = numbers.pointer(to: Int32.self)
      for row in 0..<vector.count { ends[Int(numbers[row]) + 1] += 1 }
    }
    for key in 0..<keys { ends[key + 1] += ends[key] }
    // Where the next value of each key goes.
    let next = try kernels.memory.buffer(keys * 4)
    defer { withExtendedLifetime(next) {} }
    let places = next.pointer(to: Int32.self)
    for key in 0..<keys { places[key] = ends[key] }
    let rows = try kernels.memory.buffer(count * 4)
    let target = rows.pointer(to: Int32.self)
    var row: Int32 = 0
    for (vector, numbers) in zip(values, numbers) {
      let numbers = numbers.pointer(to: Int32.self)
      for index in 0..<vector.count {
        let key = Int(numbers[index])
        target[Int(places[key])] = row
        places[key] += 1
        row += 1
      }
    }
    let all =
      values.isEmpty ? try kernels.nulls(element.type, count: 0) : try kernels.concatenate(values)
    let elements = try kernels.take(all, RowNumbers(rows, count: count))
    return Vector(type, count: keys, .list(offsets: offsets, start: 0, elements: elements))
  }
}
