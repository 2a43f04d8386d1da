internal import FlintColumns

/// How rows are made of others, with all names and types known.
indirect enum LogicalPlan: Hashable, Sendable {
  case scan(TableScan)
  /// Rows that are written down; one row without columns where there is no FROM.
  case values([Attribute], [[Literal]])
  case project([NamedExpression], LogicalPlan)
  case filter(TypedExpression, LogicalPlan)
  case aggregate(Aggregation, LogicalPlan)
  case join(Join)
  /// The rows of all, whose columns belong together by their places; the attributes are those of the result.
  case union([Attribute], [LogicalPlan])
  case sort([TypedOrder], LogicalPlan)
  case limit(count: Int?, offset: Int, LogicalPlan)
  case window(WindowStep, LogicalPlan)
  case generate(Generation, LogicalPlan)
  /// Into so many partitions, by the values of some expressions or in turn.
  case repartition(count: Int?, by: [TypedExpression], LogicalPlan)
  case sample(fraction: Double, seed: UInt64, LogicalPlan)
}

/// An expression that becomes a column.
struct NamedExpression: Hashable, Sendable {
  let id: ColumnID
  let name: String
  let expression: TypedExpression

  /// A column as it is.
  init(_ attribute: Attribute) {
    id = attribute.id
    name = attribute.name
    expression = attribute.reference()
  }

  init(_ id: ColumnID, _ name: String, _ expression: TypedExpression) {
    self.id = id
    self.name = name
    self.expression = expression
  }

  var attribute: Attribute {
    Attribute(id: id, name: name, type: expression.type, isNullable: expression.isNullable)
  }

  /// Whether it is a column as it is.
  var isPlain: Bool {
    if case .column(let column, _) = expression.node { column == id } else { false }
  }
}

/// Groups of rows with equal keys, and what is computed of each; without keys one group of all rows.
struct Aggregation: Hashable, Sendable {
  var keys: [NamedExpression]
  var calls: [Call]

  /// One function that becomes a column.
  struct Call: Hashable, Sendable {
    let id: ColumnID
    var call: AggregateCall

    var attribute: Attribute {
      let isCount = call.kind == .count || call.kind == .countRows
      return Attribute(id: id, name: call.description, type: call.function.result, isNullable: !isCount)
    }
  }
}

/// Functions over windows with the same partitions and order.
struct WindowStep: Hashable, Sendable {
  let partition: [TypedExpression]
  let order: [TypedOrder]
  var functions: [Function]

  /// One function that becomes a column.
  struct Function: Hashable, Sendable {
    let id: ColumnID
    let call: WindowCall
    let type: DataType

    var attribute: Attribute { Attribute(id: id, name: call.description, type: type, isNullable: true) }
  }
}

/// Rows that are made of each row.
struct Generation: Hashable, Sendable {
  /// How they are made.
  enum Kind: Hashable, Sendable {
    /// One of each element of a list, or of each entry of a map; with its number first.
    case explode(hasPosition: Bool)
    /// One of each span of microseconds in which a timestamp lies.
    case spans(length: Int64, slide: Int64, start: Int64)
  }

  let kind: Kind
  let input: TypedExpression
  /// Whether a row of which nothing is made stands beside nulls.
  let isOuter: Bool
  let columns: [Attribute]
}
