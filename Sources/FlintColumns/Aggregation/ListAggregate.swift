internal import FlintCore

/// Collects all values of each key, or with `isSet` each of them once; or counts how many different ones there are.
///
/// What is collected lies beside the cells, which are empty: so these functions are not for frames of windows.
final class ListAggregate: Aggregate {
  enum Outcome { case list, set, count }

  private let outcome: Outcome
  private let type: DataType
  private let kernels: Kernels
  private var lists = GroupedLists()
  /// The different pairs of a key's number and a value.
  private let table: GroupTable?

  init(_ outcome: Outcome, of element: DataType, _ kernels: Kernels) throws(FlintError) {
    self.outcome = outcome
    type = AggregateFunction.list(of: element)
    self.kernels = kernels
    table = outcome == .list ? nil : try GroupTable([.int32, element], kernels)
  }

  var cellSize: Int { 8 }
  var heldBytes: Int { lists.heldBytes + (table?.heldBytes ?? 0) }
  var partialType: DataType { type }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    guard let input else { return }
    // The values that are not null, and their keys.
    let rows = try kernels.memory.buffer(target.count * 4)
    let keys = try kernels.memory.buffer(target.count * 4)
    var count = 0
    for index in 0..<target.count {
      let row = Int32(truncatingIfNeeded: target.row(index))
      if input.isNull(Int(row)) { continue }
      rows.pointer(to: Int32.self)[count] = row
      keys.pointer(to: Int32.self)[count] = target.numbers[index]
      count += 1
    }
    try add(try kernels.take(input, RowNumbers(rows, count: count)).flat(kernels.memory), keys)
  }

  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) {
    guard case .list(_, _, let elements) = partials.form else {
      preconditionFailure("partial results are lists, not \(partials.type)")
    }
    var (rows, keys) = ([Int32](), [Int32]())
    for index in 0..<target.count {
      let row = target.row(index)
      if partials.isNull(row) { continue }
      for place in partials.offsets[row]..<partials.offsets[row + 1] {
        rows.append(place)
        keys.append(target.numbers[index])
      }
    }
    let values = try kernels.take(elements, try RowNumbers(rows, kernels.memory))
    try add(try values.flat(kernels.memory), try RowNumbers(keys, kernels.memory).buffer)
  }

  private func add(_ values: Vector, _ keys: ColumnBuffer) throws(FlintError) {
    guard let table else { return try lists.append(values, keys) }
    let numbers = Vector(.int32, count: values.count, .values(keys, start: 0))
    _ = try table.insert([numbers, values], length: values.count)
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector {
    guard outcome == .count, let table else { return try partials(cells) }
    let buffer = try kernels.memory.buffer(cells.count * 8, isZeroed: true)
    let counts = buffer.pointer(to: Int64.self)
    let keys = try table.keys()[0]
    defer { withExtendedLifetime(keys) {} }
    let numbers = keys.pointer(to: Int32.self)
    for index in 0..<keys.count { counts[Int(numbers[index])] += 1 }
    return Vector(.int64, count: cells.count, .values(buffer, start: 0))
  }

  func partials(_ cells: Cells) throws(FlintError) -> Vector {
    guard let table else { return try lists.lists(type, keys: cells.count, kernels) }
    var different = GroupedLists()
    let keys = try table.keys()
    guard case .values(let buffer, let start) = try keys[0].flat(kernels.memory).form else {
      preconditionFailure("numbers of keys lie side by side")
    }
    precondition(start == 0, "the table's keys begin at their first")
    try different.append(try keys[1].flat(kernels.memory), buffer)
    return try different.lists(type, keys: cells.count, kernels)
  }
}
