public import FlintCore
internal import Glibc

/// Functions over the rows of each key, in a table of all keys. It has one user at a time.
///
/// What a task can hold of it is not its concern: its owner looks at ``heldBytes`` between batches, and when that is too much
/// takes everything out by ``drain(parts:)`` and writes it away. The parts of all drains that have one number hold the
/// same keys, and are merged by themselves.
public final class HashAggregation {
  private let functions: [AggregateFunction]
  private let keyTypes: [DataType]
  private let kernels: Kernels
  private var table: GroupTable
  private var aggregates: [any Aggregate]
  /// A record of cells for each key.
  private var records: ColumnBuffer?
  private var capacity = 0
  /// Bytes of a record that is asked for as a whole, and rows that are taken in together then.
  private static let sharedStride = 128
  private static let sharedRows = 1024

  /// No rows. Throws `invalid-argument` for functions that are not defined.
  public init(
    keys: [DataType], _ functions: [AggregateFunction], _ kernels: Kernels
  ) throws(FlintError) {
    keyTypes = keys
    self.functions = functions
    self.kernels = kernels
    table = try GroupTable(keys, kernels)
    aggregates = try functions.map { (function) throws(FlintError) in try function.make(kernels) }
  }

  /// How many keys there are.
  public var count: Int { table.count }

  /// Bytes that tables and cells take, without the keys' columns.
  public var heldBytes: Int {
    aggregates.reduce(table.heldBytes + (records?.heldBytes ?? 0)) { $0 + $1.heldBytes }
  }

  /// Those of them that are not for values that count once.
  public var partialBytes: Int { distinct.reduce(heldBytes) { $0 - $1.heldBytes } }

  /// Bytes that the tables of values that count once need beside them to take in `rows` more rows, or to be taken out.
  public func valueRoom(for rows: Int) -> Int { distinct.reduce(0) { $0 + $1.room(for: rows) } }

  private var distinct: [DistinctAggregate] { aggregates.compactMap { $0 as? DistinctAggregate } }

  /// Takes in rows: the columns of their key, and of each function what it is computed of.
  public func add(
    keys: [Vector], _ inputs: [Vector?], length: Int, selection: Selection? = nil
  ) throws(FlintError) {
    precondition(inputs.count == functions.count, "each function has an input")
    for (function, input) in zip(functions, inputs) {
      precondition(function.input == input?.type, "\(function.kind) of \(String(describing: input?.type))")
    }
    var rows: RowsByKey?
    try forEach(keys, length, selection) { (aggregate, index, target) throws(FlintError) in
      if index == 0 {
        rows = try RowsByKey(
          target.numbers, rows: target.rows, count: target.count, keyCount: target.cells.count, kernels.memory)
      }
      var target = target
      target.byKey = rows
      try aggregate.add(inputs[index], target)
    }
  }

  /// Takes in values of one function, in which each counts once.
  public func add(keys: [Vector], values: Vector, of function: Int, length: Int) throws(FlintError) {
    try forEach(keys, length, nil) { (aggregate, index, target) throws(FlintError) in
      if index == function { try aggregate.add(values, target) }
    }
  }

  /// Takes in what ``partials()`` of another one gave: the keys' columns and one for each function in which every row counts.
  public func merge(keys: [Vector], _ partials: [Vector], length: Int) throws(FlintError) {
    let places = plain
    try forEach(keys, length, nil) { (aggregate, index, target) throws(FlintError) in
      if let place = places[index] { try aggregate.merge(partials[place], target) }
    }
  }

  /// What the columns of partial results hold, those of the key first. Functions in which each value counts once have none.
  public var partialTypes: [DataType] {
    keyTypes + zip(functions, aggregates).filter { !$0.0.isDistinct }.map(\.1.partialType)
  }

  /// The places of functions among those that have partial results.
  private var plain: [Int?] {
    var next = 0
    return functions.map { function in
      if function.isDistinct { return nil }
      next += 1
      return next - 1
    }
  }

  /// The keys in the order in which they came, and the result of each function for each of them. Without keys there is one
  /// row, also of no rows.
  public func results() throws(FlintError) -> [Vector] {
    try columns { (aggregate, cells) throws(FlintError) in try aggregate.results(cells) }
  }

  /// The keys, and for each function in which every row counts what another one can merge.
  public func partials() throws(FlintError) -> [Vector] {
    try columns { (aggregate, cells) throws(FlintError) in
      aggregate is DistinctAggregate ? nil : try aggregate.partials(cells)
    }
  }

  /// In how many pieces the values of a function can be taken out in which each counts once.
  public func valuePieces(of function: Int) -> Int {
    (aggregates[function] as? DistinctAggregate)?.pieceCount ?? 0
  }

  /// A piece of the values that a function has seen: their keys, and themselves.
  public func values(of function: Int, piece: Int) throws(FlintError) -> [Vector] {
    guard let aggregate = aggregates[function] as? DistinctAggregate else { return [] }
    let (numbers, values) = try aggregate.pairs(piece: piece)
    return try table.keys().map { (key) throws(FlintError) in try kernels.take(key, numbers) } + [values]
  }

  /// Takes everything out: partial results, in parts by a hash of the key. A part may be empty.
  ///
  /// - Parameter level: how often these keys have been dealt before: see ``Kernels/deal(_:count:parts:level:)``.
  public func drain(parts: Int, level: Int = 0) throws(FlintError) -> [[Vector]] {
    let all = try partials()
    let count = table.count
    var dealt: [[Vector]] = parts == 1 ? [all] : []
    if parts > 1 {
      let keys = Array(all[..<keyTypes.count])
      for part in try kernels.deal(keys, count: count, parts: parts, level: level) {
        dealt.append(try all.map { (column) throws(FlintError) in try kernels.take(column, part) })
      }
    }
    table = try GroupTable(keyTypes, kernels)
    aggregates = try functions.map { (function) throws(FlintError) in try function.make(kernels) }
    records = nil
    capacity = 0
    return dealt
  }

  private var stride: Int { aggregates.reduce(0) { $0 + room($1) } }

  /// Bytes of a function's cell in the record; all cells lie as the most demanding one needs it.
  private func room(_ aggregate: any Aggregate) -> Int {
    let unit = aggregates.reduce(8) { max($0, $1.cellAlignment) }
    return (aggregate.cellSize + unit - 1) / unit * unit
  }

  private func forEach(
    _ keys: [Vector], _ length: Int, _ selection: Selection?,
    _ body: (any Aggregate, Int, CellRows) throws(FlintError) -> Void
  ) throws(FlintError) {
    let numbers = try table.insert(keys, length: length, selection: selection)
    try reserve(table.count)
    guard let records else { return }
    let cells = Cells(base: records.start, stride: stride, count: table.count)
    // Records that are far away come nearer once for all functions, a few rows at a time.
    let isShared = cells.areLarge && stride <= Self.sharedStride && !distinct.contains(where: \.numbersValues)
    let step = isShared ? Self.sharedRows : numbers.count
    for first in Swift.stride(from: 0, to: numbers.count, by: max(step, 1)) {
      var offset = 0
      for (index, aggregate) in aggregates.enumerated() {
        let rows = CellRows(
          cells: Cells(base: cells.base + offset, stride: stride, count: cells.count), numbers: numbers.rows + first,
          count: min(step, numbers.count - first), rows: selection.map { $0.rows + first }, first: first,
          isNear: step < numbers.count && index > 0)
        try body(aggregate, index, rows)
        offset += room(aggregate)
      }
    }
    withExtendedLifetime((numbers, selection)) {}
  }

  private func columns(
    _ column: (any Aggregate, Cells) throws(FlintError) -> Vector?
  ) throws(FlintError) -> [Vector] {
    // Without a key all rows are one group, also none.
    let count = keyTypes.isEmpty ? 1 : table.count
    try reserve(count)
    var columns = try table.keys()
    var offset = 0
    let stride = stride
    let base = if let records { records } else { try kernels.memory.buffer(0) }
    for aggregate in aggregates {
      if let column = try column(aggregate, Cells(base: base.start + offset, stride: stride, count: count)) {
        columns.append(column)
      }
      offset += room(aggregate)
    }
    withExtendedLifetime(base) {}
    return columns
  }

  private func reserve(_ count: Int) throws(FlintError) {
    guard count > capacity else { return }
    let wanted = max(count, capacity * 2, 64)
    let old = capacity * stride
    let larger = try kernels.memory.buffer(wanted * stride, zeroedFrom: old)
    if let records { memcpy(larger.start, records.start, old) }
    records = larger
    capacity = wanted
  }
}
