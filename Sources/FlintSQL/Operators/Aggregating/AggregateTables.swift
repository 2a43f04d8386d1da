internal import FlintColumns
internal import FlintCore

/// The tables in which aggregates are computed: one for all functions in which every row counts, and one for each function
/// in which each value counts once.
///
/// All tables see all keys in the same order. What must leave memory leaves in two forms, and comes back in the same: partial
/// aggregates with all keys first, then the different values.
final class AggregateTables {
  /// What is taken in.
  enum Form: Hashable {
    /// Rows of the plan below.
    case rows
    /// The keys, and partial aggregates of the functions in which every row counts.
    case partials
    /// The keys, and different values of the function with this number.
    case values(Int)
  }

  /// A function in which each value counts once.
  private struct Distinct {
    let call: Int
    let types: [DataType]
    var seen: GroupTable
    var table: HashAggregation
  }

  private let aggregation: Aggregation
  private let kernels: Kernels
  private let keyTypes: [DataType]
  /// Nothing where no rows are taken in.
  private var keys: [Computation] = []
  private var inputs: [[Computation]] = []
  private let plainCalls: [Int]
  private let plain: HashAggregation
  private var distinct: [Distinct] = []

  /// Empty tables. With a compiler they take rows in.
  init(_ aggregation: Aggregation, _ compiler: Compiler?, _ kernels: Kernels) throws(FlintError) {
    self.aggregation = aggregation
    self.kernels = kernels
    keyTypes = aggregation.keys.map(\.expression.type)
    if let compiler {
      keys = try aggregation.keys.map { (key) throws(FlintError) in try compiler.compile(key.expression) }
      inputs = try aggregation.calls.map { (call) throws(FlintError) in
        try call.call.arguments.map { (input) throws(FlintError) in try compiler.compile(input) }
      }
    }
    plainCalls = aggregation.calls.indices.filter { !aggregation.calls[$0].call.isDistinct }
    plain = try HashAggregation(
      keys: keyTypes, plainCalls.map { aggregation.calls[$0].call.plainFunction }, kernels)
    for call in aggregation.calls.indices where aggregation.calls[call].call.isDistinct {
      let types = keyTypes + aggregation.calls[call].call.arguments.map(\.type)
      distinct.append(
        Distinct(call: call, types: types, seen: try GroupTable(types, kernels), table: try table(of: call)))
    }
  }

  /// About how many bytes the tables take.
  var heldBytes: Int {
    distinct.reduce(plain.heldBytes) { $0 + $1.seen.heldBytes + $1.table.heldBytes }
  }

  /// The forms in which what is there can leave.
  var forms: [(form: Form, schema: Schema)] {
    [(.partials, Schema(plain.partialTypes))]
      + distinct.indices.map { (.values($0), Schema(distinct[$0].types)) }
  }

  // MARK: Taking in.

  func take(_ batch: Batch, as form: Form) throws(FlintError) {
    switch form {
    case .rows: try takeRows(batch)
    case .partials: try takePartials(batch)
    case .values(let number):
      try takeValues(
        Array(batch.columns[..<keyTypes.count]), Array(batch.columns[keyTypes.count...]), batch, number)
    }
  }

  private func takeRows(_ batch: Batch) throws(FlintError) {
    let keyColumns = try keys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
    let values = try plainCalls.map { (call) throws(FlintError) -> Vector? in
      try inputs[call].first.map { (input) throws(FlintError) in try input.vector(batch, kernels) }
    }
    try plain.add(keys: keyColumns, values, length: batch.length, selection: batch.selection)
    for number in distinct.indices {
      let values = try inputs[distinct[number].call].map { (input) throws(FlintError) in
        try input.vector(batch, kernels)
      }
      try takeValues(keyColumns, values, batch, number)
    }
  }

  private func takePartials(_ batch: Batch) throws(FlintError) {
    let keyColumns = Array(batch.columns[..<keyTypes.count])
    try plain.merge(keys: keyColumns, Array(batch.columns[keyTypes.count...]), length: batch.length)
    for each in distinct {
      // So that the key is known before its values.
      let nothing = try kernels.nulls(each.types[keyTypes.count], count: batch.length)
      try each.table.add(keys: keyColumns, [nothing], length: batch.length)
    }
  }

  /// Counts the rows that bring a value which their key has not had.
  private func takeValues(
    _ keyColumns: [Vector], _ values: [Vector], _ batch: Batch, _ number: Int
  ) throws(FlintError) {
    let seen = distinct[number].seen
    let before = seen.count
    let found = try seen.insert(keyColumns + values, length: batch.length, selection: batch.selection)
    // Null for what was there before, so that the key is known all the same.
    let isNew = try newRows(found, before, batch)
    var value = values[0]
    for other in values.dropFirst() {
      // A row in which one is null does not count.
      value = try kernels.choose(
        try kernels.isNotNull(.vector(other)), .vector(value), .constant(try kernels.nulls(value.type, count: 1)))
    }
    let counted = try kernels.choose(isNew, .vector(value), .constant(try kernels.nulls(value.type, count: 1)))
    try distinct[number].table.add(
      keys: keyColumns, [counted], length: batch.length, selection: batch.selection)
  }

  /// The rows whose values nobody had before.
  private func newRows(_ numbers: RowNumbers, _ before: Int, _ batch: Batch) throws(FlintError) -> Vector {
    var marks = [Bool](repeating: false, count: batch.length)
    var next = Int32(before)
    for index in 0..<numbers.count where numbers.rows[index] == next {
      marks[batch.selection.map { Int($0.rows[index]) } ?? index] = true
      next += 1
    }
    return try kernels.booleans(batch.length) { marks[$0] }
  }

  // MARK: Giving out.

  /// The aggregates of all keys, as the columns of the plan.
  func results(_ schema: Schema) throws(FlintError) -> Batch {
    let first = try plain.results()
    var columns = first.prefix(keyTypes.count).map(Optional.init)
    columns += [Vector?](repeating: nil, count: aggregation.calls.count)
    for (place, call) in plainCalls.enumerated() { columns[keyTypes.count + call] = first[keyTypes.count + place] }
    for each in distinct { columns[keyTypes.count + each.call] = try each.table.results()[keyTypes.count] }
    let length = keyTypes.isEmpty ? 1 : first[0].count
    return Batch(schema, columns.compactMap { $0 }, length: length)
  }

  /// Takes everything out, a batch for each of ``forms``, whose first columns are the keys.
  func drain() throws(FlintError) -> [Batch] {
    let partials = try plain.drain(parts: 1)[0]
    var batches = [Batch(Schema(plain.partialTypes), partials, length: partials[0].count)]
    for number in distinct.indices {
      let values = try distinct[number].seen.keys()
      batches.append(Batch(Schema(distinct[number].types), values, length: values[0].count))
      distinct[number].seen = try GroupTable(distinct[number].types, kernels)
      distinct[number].table = try table(of: distinct[number].call)
    }
    return batches
  }

  private func table(of call: Int) throws(FlintError) -> HashAggregation {
    try HashAggregation(keys: keyTypes, [aggregation.calls[call].call.plainFunction], kernels)
  }
}

extension Schema {
  /// Columns of these types, whose names nobody reads.
  init(_ types: [DataType]) {
    self.init(types.enumerated().map { Field("c\($0)", $1) })
  }
}

extension AggregateCall {
  /// The function of the values that are left when each counts once.
  var plainFunction: AggregateFunction { AggregateFunction(kind, of: arguments.first?.type) }
}
