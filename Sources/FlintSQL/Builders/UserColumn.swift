internal import FlintColumns
internal import FlintCore
internal import FlintDatasets

/// A function of the program as one of columns, made by ``udf(_:file:line:_:)``.
///
/// It travels to the executors with what it captures. A row with null in an argument that is no optional has null as its
/// result, and the function is not called; functions see only rows that count.
public struct UserColumn: Sendable {
  let function: UserFunction?
  let error: KnownError?

  /// The function of these columns.
  public func callAsFunction(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
    let place = Origin.program(SourceLocation(file: file, line: line))
    guard let function else { return Column(error.map { .wrong($0) } ?? .literal(.null), place) }
    return Column(.user(function, columns.map(\.expression)), place)
  }

  fileprivate init<Row: Sendable, Result: Sendable>(
    _ name: String, _ file: String, _ line: Int, _ count: Int, _ body: @escaping @Sendable (Row) throws -> Result
  ) {
    let site = OperatorSite(name, file, line)
    let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(1)))
    do throws(FlintError) {
      function = try UserFunction.of(name, site, argumentCount: count, memory, body)
      error = nil
    } catch {
      function = nil
      self.error = KnownError(error: error.located(site.location))
    }
  }
}

/// A function of one value as a function of columns.
///
/// ```swift
/// import FlintSQL
///
/// func named(_ trips: DataFrame) -> DataFrame {
///   let kind = udf { (base: String) in base.hasPrefix("B02") ? "large" : "small" }
///   return trips.withColumn("kind", kind(col("base")))
/// }
/// ```
///
/// - Parameter name: how plans and errors call it, and SQL when it is registered.
public func udf<A: Sendable, Result: Sendable>(
  _ name: String = "udf", file: String = #fileID, line: Int = #line, _ body: @escaping @Sendable (A) throws -> Result
) -> UserColumn {
  UserColumn(name, file, line, 1, body)
}

/// A function of two values as a function of columns.
public func udf<A: Sendable, B: Sendable, Result: Sendable>(
  _ name: String = "udf", file: String = #fileID, line: Int = #line, _ body: @escaping @Sendable (A, B) throws -> Result
) -> UserColumn {
  UserColumn(name, file, line, 2) { (row: (A, B)) in try body(row.0, row.1) }
}

/// A function of three values as a function of columns.
public func udf<A: Sendable, B: Sendable, C: Sendable, Result: Sendable>(
  _ name: String = "udf", file: String = #fileID, line: Int = #line,
  _ body: @escaping @Sendable (A, B, C) throws -> Result
) -> UserColumn {
  UserColumn(name, file, line, 3) { (row: (A, B, C)) in try body(row.0, row.1, row.2) }
}

/// A function of four values as a function of columns.
public func udf<A: Sendable, B: Sendable, C: Sendable, D: Sendable, Result: Sendable>(
  _ name: String = "udf", file: String = #fileID, line: Int = #line,
  _ body: @escaping @Sendable (A, B, C, D) throws -> Result
) -> UserColumn {
  UserColumn(name, file, line, 4) { (row: (A, B, C, D)) in try body(row.0, row.1, row.2, row.3) }
}

extension SQLContext {
  /// Lets SQL call a function by a name, without regard to upper and lower case, in place of what had the name.
  public func register(_ name: String, _ function: UserColumn) throws {
    if let error = function.error { throw error.error }
    guard ScalarFunctions.all[name.lowercased()] == nil, !AggregateFunctions.names.contains(name.lowercased()) else {
      throw FlintError(.invalidArgument, "\(name) is a function of SQL already", remedy: "choose another name")
    }
    functions[name.lowercased()] = function.function
  }
}
