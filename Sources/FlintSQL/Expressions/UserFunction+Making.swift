internal import FlintColumns
internal import FlintCore
internal import FlintDatasets

extension UserFunction {
  /// The function as one over rows of `Row`, which is its one argument, or a tuple of its arguments.
  ///
  /// Throws `unsupported-type` for arguments and results that columns do not have.
  static func of<Row: Sendable, Result: Sendable>(
    _ name: String, _ site: OperatorSite, argumentCount: Int, _ memory: ColumnMemory,
    _ body: @escaping @Sendable (Row) throws -> Result
  ) throws(FlintError) -> UserFunction {
    let kernels = Kernels(memory)
    let rowFields = try kernels.batch([Row]()).schema.fields
    let resultFields = try kernels.batch([Result]()).schema.fields
    // One argument may be a structure.
    let isWhole = argumentCount == 1 && !isValue(rowFields)
    let arguments = isWhole ? [Field("value", .structure(rowFields), isNullable: false)] : rowFields
    let result =
      isValue(resultFields)
      ? resultFields[0] : Field("value", .structure(resultFields), isNullable: false)
    let code = Code { kernels, columns, rows, length in
      try apply(kernels, isWhole, arguments, columns, rows, length, result, site, body)
    }
    return UserFunction(name: name, site: site, arguments: arguments, result: result, code: code)
  }

  private static func isValue(_ fields: [Field]) -> Bool { fields.count == 1 && fields[0].name == "value" }

  private static func apply<Row: Sendable, Result: Sendable>(
    _ kernels: Kernels, _ isWhole: Bool, _ arguments: [Field], _ columns: [Vector], _ rows: Selection?, _ length: Int,
    _ result: Field, _ site: OperatorSite, _ body: @Sendable (Row) throws -> Result
  ) throws -> Vector {
    // The rows that count and have a value wherever one is needed.
    let needed = zip(columns, arguments).filter { !$1.isNullable && $0.nullCount > 0 }.map(\.0)
    var places = [Int32](repeating: -1, count: length)
    var chosen: [Int32] = []
    for index in 0..<(rows?.count ?? length) {
      let row = rows.map { $0.rows[index] } ?? Int32(index)
      if needed.contains(where: { $0.isNull(Int(row)) }) { continue }
      places[Int(row)] = Int32(chosen.count)
      chosen.append(row)
    }
    let isAll = chosen.count == length
    let numbers = isAll ? nil : try RowNumbers(chosen, kernels.memory)
    var parts: [Vector] = []
    for (column, argument) in zip(columns, arguments) {
      let taken = try numbers.map { (numbers) throws(FlintError) in try kernels.take(column, numbers) } ?? column
      if isWhole, case .structure(let inner) = taken.form {
        parts += inner
      } else {
        parts.append(Vector(argument.type, count: taken.count, validity: taken.validity, taken.form))
      }
    }
    var fields = arguments
    if isWhole, case .structure(let inner) = arguments[0].type { fields = inner }
    let batch = Batch(Schema(fields), parts, length: chosen.count)
    let inputs: [Row] = try kernels.rows(batch)
    var outputs: [Result] = []
    outputs.reserveCapacity(inputs.count)
    do { for input in inputs { outputs.append(try body(input)) } } catch { throw site.failure(error) }
    let made = try kernels.batch(outputs)
    var vector = made.columns[0]
    if case .structure = result.type {
      vector = Vector(result.type, count: made.length, .structure(made.columns))
    }
    return isAll ? vector : try kernels.take(vector, RowNumbers(places, kernels.memory))
  }
}
