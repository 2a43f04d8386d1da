internal import FlintColumns
internal import FlintCore

/// The table in which the aggregates of a plan are computed, of rows or of what left such a table before.
///
/// What must leave memory leaves in several forms, and comes back in the same: partial aggregates with all keys, and for each
/// function in which each value counts once the different values.
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

  private let kernels: Kernels
  private let keyTypes: [DataType]
  private let functions: [AggregateFunction]
  /// Nothing where no rows are taken in.
  private var keys: [Computation] = []
  private var inputs: [[Computation]] = []
  private let table: HashAggregation

  /// Empty tables. With a compiler they take rows in.
  init(_ aggregation: Aggregation, _ compiler: Compiler?, _ kernels: Kernels) throws(FlintError) {
    self.kernels = kernels
    keyTypes = aggregation.keys.map(\.expression.type)
    functions = aggregation.calls.map(\.call.function)
    if let compiler {
      keys = try aggregation.keys.map { (key) throws(FlintError) in try compiler.compile(key.expression) }
      inputs = try aggregation.calls.map { (call) throws(FlintError) in
        try call.call.arguments.map { (input) throws(FlintError) in try compiler.compile(input) }
      }
    }
    table = try HashAggregation(keys: keyTypes, functions, kernels)
  }

  /// About how many bytes the table takes.
  var heldBytes: Int { table.heldBytes }

  /// Bytes that are needed beside the table for another batch, or to take out what is there.
  var room: Int {
    // To take the keys and what is known of each out needs as much again, and half of that for the order of their parts.
    let partials = table.partialBytes
    return partials + partials / 2 + table.valueRoom(for: BatchesStream.size)
  }

  /// The forms in which what is there can leave.
  var forms: [(form: Form, schema: Schema)] {
    [(.partials, Schema(table.partialTypes))]
      + distinctCalls.map { (.values($0), Schema(keyTypes + [functions[$0].input ?? .int64])) }
  }

  private var distinctCalls: [Int] { functions.indices.filter { functions[$0].isDistinct } }

  // MARK: Taking in.

  func take(_ batch: Batch, as form: Form) throws(FlintError) {
    switch form {
    case .rows:
      let keyColumns = try keys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
      let values = try inputs.map { (inputs) throws(FlintError) in try value(inputs, batch) }
      try table.add(keys: keyColumns, values, length: batch.length, selection: batch.selection)
    case .partials:
      try table.merge(
        keys: Array(batch.columns[..<keyTypes.count]), Array(batch.columns[keyTypes.count...]), length: batch.length)
    case .values(let call):
      try table.add(
        keys: Array(batch.columns[..<keyTypes.count]), values: batch.columns[keyTypes.count], of: call,
        length: batch.length)
    }
  }

  /// What a function is computed of: of several values a structure, which is null where one of them is.
  private func value(_ inputs: [Computation], _ batch: Batch) throws(FlintError) -> Vector? {
    guard inputs.count > 1 else {
      return try inputs.first.map { (input) throws(FlintError) in try input.vector(batch, kernels) }
    }
    let members = try inputs.map { (input) throws(FlintError) in try input.vector(batch, kernels) }
    return try kernels.structure(Schema(members.map(\.type)).fields, members.map { .vector($0) }, isNullWithAny: true)
  }

  // MARK: Giving out.

  /// The aggregates of all keys, as the columns of the plan.
  func results(_ schema: Schema) throws(FlintError) -> Batch {
    let columns = try table.results()
    return Batch(schema, columns, length: keyTypes.isEmpty ? 1 : columns[0].count)
  }

  /// In how many pieces what is there leaves in a form.
  func pieces(of form: Form) -> Int {
    if case .values(let call) = form { table.valuePieces(of: call) } else { 1 }
  }

  /// A piece of what is there in a form, whose first columns are the keys. With the partial aggregates, which must be the
  /// last, all of it is gone.
  func piece(_ number: Int, of form: Form, _ schema: Schema) throws(FlintError) -> Batch {
    let columns: [Vector] =
      if case .values(let call) = form {
        try table.values(of: call, piece: number)
      } else {
        try table.drain(parts: 1)[0]
      }
    return Batch(schema, columns, length: columns[0].count)
  }
}

extension Schema {
  /// Columns of these types, whose names nobody reads.
  init(_ types: [DataType]) {
    self.init(types.enumerated().map { Field("c\($0)", $1) })
  }
}

extension DataType {
  /// A structure of values whose names nobody reads.
  init(structureOf types: [DataType]) { self = .structure(Schema(types).fields) }
}
