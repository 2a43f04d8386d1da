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
  /// What else pairs must meet, of these columns of both.
  let rest: Computation?
  let restColumns: Pairing
  /// What it gives of pairs.
  let output: Pairing

  /// Some columns of the left side and some of the right one, by their numbers.
  struct Pairing {
    let left: [Int]
    let right: [Int]
    let schema: Schema

    init(_ left: [Attribute], _ right: [Attribute], _ isWanted: (Attribute) -> Bool) {
      self.left = left.indices.filter { isWanted(left[$0]) }
      self.right = right.indices.filter { isWanted(right[$0]) }
      schema = (left.filter(isWanted) + right.filter(isWanted)).schema
    }
  }

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
    let kept = join.kept
    output = Pairing(leftColumns, rightColumns) { column in kept?.contains(column.id) ?? true }
    let used = condition?.columns ?? []
    restColumns = Pairing(leftColumns, rightColumns) { used.contains($0.id) }
    let both = Compiler((leftColumns + rightColumns).filter { used.contains($0.id) }, kernels, zones: zones)
    self.rest = try condition.map { (condition) throws(FlintError) in try both.compile(condition) }
  }

  /// The table of the right side's rows, with their keys behind their columns.
  func table(_ rows: Batch, _ kernels: Kernels) throws(FlintError) -> JoinTable {
    let keys = try rightKeys.map { (key) throws(FlintError) in try key.vector(rows, kernels) }
    let fields = rows.schema.fields + keys.enumerated().map { Field("key\($0)", $1.type) }
    let batch = Batch(Schema(fields), rows.columns + keys, length: rows.length)
    return try JoinTable(
      batch, keys: Array(rows.columns.count..<fields.count), nullsMatch: nullsMatch, kernels)
  }

  /// Whether the result has pairs, and not only rows of the left side.
  var givesPairs: Bool {
    switch kind {
    case .inner, .left, .right, .full: true
    case .semi, .anti, .antiUnlessNull: false
    }
  }

  /// Whether left rows without a pair are in the result.
  var givesUnmatchedLeft: Bool {
    switch kind {
    case .left, .full, .anti, .antiUnlessNull: true
    case .inner, .right, .semi: false
    }
  }
}
