internal import FlintColumns
internal import FlintCore

/// A join whose keys are ready to be computed.
struct CompiledJoin {
  let kind: Join.Kind
  let leftColumns: [Attribute]
  let rightColumns: [Attribute]
  let leftKeys: [Computation]
  let rightKeys: [Computation]
  /// Whether null is the same as null; then the rest says of which keys it is not.
  let nullsMatch: Bool
  /// What else pairs must meet, of the columns of both.
  let rest: Computation?

  /// A join that is no `right` one: its sides were exchanged.
  init(_ join: Join, _ kernels: Kernels, zones: [String: ZoneRules]) throws(FlintError) {
    precondition(join.kind != .right, "a right join is a left join of exchanged sides")
    kind = join.kind
    leftColumns = join.left.output
    rightColumns = join.right.output
    let (keys, rest) = join.keys
    nullsMatch = keys.contains(where: \.nullsMatch)
    let left = Compiler(leftColumns, kernels, zones: zones)
    let right = Compiler(rightColumns, kernels, zones: zones)
    leftKeys = try keys.map { (key) throws(FlintError) in try left.compile(key.left) }
    rightKeys = try keys.map { (key) throws(FlintError) in try right.compile(key.right) }
    var condition = rest
    if nullsMatch {
      for key in keys where !key.nullsMatch {
        condition = TypedExpression.both(
          condition, TypedExpression(.call(.isNotNull, [key.left]), .boolean, isNullable: false))
      }
    }
    let both = Compiler(leftColumns + rightColumns, kernels, zones: zones)
    self.rest = try condition.map { (condition) throws(FlintError) in try both.compile(condition) }
  }

  /// Whether the result has pairs, and not only rows of the left side.
  var givesPairs: Bool {
    switch kind {
    case .inner, .left, .right, .full: true
    case .semi, .anti, .antiUnlessNull: false
    }
  }
}
