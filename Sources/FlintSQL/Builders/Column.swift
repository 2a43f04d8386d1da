internal import FlintColumns
internal import FlintCore

/// What is computed of a row, or of many: a value that expressions in Swift build, and that stands wherever a frame takes
/// expressions.
///
/// ```swift
/// import FlintSQL
///
/// func tipped(_ trips: DataFrame) -> DataFrame {
///   trips.filter(col("fare") > 0 && col("tip").isNotNull())
///     .withColumn("share", round(col("tip") / col("fare"), 2))
///     .groupBy("zone").agg(avg("share").as("share"), count("*").as("trips"))
/// }
/// ```
public struct Column: Sendable {
  let expression: Expression

  init(_ expression: Expression) {
    self.expression = expression
  }

  init(_ node: Expression.Node, _ origin: Origin) {
    expression = Expression(node, origin)
  }

  /// A function by its name.
  init(_ function: String, _ operands: [Column], isDistinct: Bool = false, _ origin: Origin) {
    let call = FunctionCall(name: function, arguments: operands.map(\.expression), isDistinct: isDistinct)
    self.init(.function(call), origin)
  }

  var origin: Origin { expression.origin }
}

/// What stands where a frame takes an expression.
public protocol ColumnConvertible: Sendable {
  /// The expression.
  var column: Column { get }
}

extension Column: ColumnConvertible {
  /// Itself.
  public var column: Column { self }
}

/// The column of a frame with this name, which may have the frame's name before it and fields of structures behind it.
public func col(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  let place = Origin.program(SourceLocation(file: file, line: line))
  if name == "*" { return Column(.star([]), place) }
  return Column(.name(name.split(separator: ".").map(String.init)), place)
}

/// A value that is the same for every row.
public func lit(_ value: some ColumnLiteral, file: String = #fileID, line: Int = #line) -> Column {
  Column(.literal(value.literal), .program(SourceLocation(file: file, line: line)))
}

/// An expression in SQL.
public func expr(_ text: String, file: String = #fileID, line: Int = #line) -> Column {
  Column(Expression.parsed(text, at: SourceLocation(file: file, line: line)))
}

extension Expression {
  /// What a text in SQL says; an error in it comes out when the query is analysed.
  static func parsed(_ text: String, at place: SourceLocation, limits: Limits = Limits()) -> Expression {
    do throws(FlintError) { return try Parser.expression(text, limits: limits) } catch {
      return Expression(.wrong(KnownError(error: error.located(place))), .program(place))
    }
  }
}

extension FlintError {
  /// The same with a line of the program, if it names none.
  func located(_ place: SourceLocation) -> FlintError {
    location != nil ? self : FlintError(code, what, why: why, remedy: remedy, at: place, cause: cause)
  }
}
