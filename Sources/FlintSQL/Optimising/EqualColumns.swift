internal import FlintColumns

/// Columns of several plans that must all be equal, one of each: a = b and b = c demand a = c too.
struct EqualColumns {
  /// By the numbers of the plans, the column of each; nil for one that has none.
  private(set) var columns: [TypedExpression?]
  /// The plans.
  private(set) var parts: UInt64 = 0
  /// Where the equality was written.
  private let origin: Origin

  private init(_ count: Int, _ origin: Origin) {
    columns = Array(repeating: nil, count: count)
    self.origin = origin
  }

  /// What conditions demand of the columns of plans, in the order of the conditions.
  static func of(_ parts: [LogicalPlan], _ conditions: [TypedExpression]) -> [EqualColumns] {
    let columns = parts.map { Set($0.output.map(\.id)) }
    var classes: [EqualColumns] = []
    for condition in conditions {
      guard let (left, right) = pair(condition, columns) else { continue }
      var own = EqualColumns(parts.count, condition.origin)
      own.add(left)
      own.add(right)
      // Two columns of one plan are in classes of their own.
      for index in classes.indices.reversed() where classes[index].has(left) || classes[index].has(right) {
        if own.merge(classes[index]) { classes.remove(at: index) }
      }
      classes.append(own)
    }
    return classes
  }

  /// Whether a condition is one of those by which columns are equal.
  static func isKey(_ condition: TypedExpression, _ columns: [Set<ColumnID>]) -> Bool {
    pair(condition, columns) != nil
  }

  /// The demand that a column of one set of plans equals one of another; nil when one has none.
  func equation(between left: UInt64, and right: UInt64) -> TypedExpression? {
    guard let first = member(of: left), let second = member(of: right) else { return nil }
    return TypedExpression(
      .call(.compare(.equal), [first, second]), .boolean, isNullable: first.isNullable || second.isNullable, origin)
  }

  private func member(of set: UInt64) -> TypedExpression? {
    let common = parts & set
    return common == 0 ? nil : columns[common.trailingZeroBitCount]
  }

  private typealias Member = (part: Int, column: TypedExpression)

  private static func pair(_ condition: TypedExpression, _ columns: [Set<ColumnID>]) -> (Member, Member)? {
    guard case .call(.compare(.equal), let operands) = condition.node, operands[0].type == operands[1].type,
      case .column(let first, _) = operands[0].node, case .column(let second, _) = operands[1].node,
      let left = columns.firstIndex(where: { $0.contains(first) }),
      let right = columns.firstIndex(where: { $0.contains(second) }), left != right
    else { return nil }
    return ((left, operands[0]), (right, operands[1]))
  }

  private func has(_ member: Member) -> Bool { columns[member.part] == member.column }

  private mutating func add(_ member: Member) {
    columns[member.part] = member.column
    parts |= 1 << UInt64(member.part)
  }

  /// Takes the columns of another class; false where a plan would have two.
  private mutating func merge(_ other: EqualColumns) -> Bool {
    guard columns.indices.allSatisfy({ isSame(columns[$0], other.columns[$0]) }) else { return false }
    for part in columns.indices { columns[part] = columns[part] ?? other.columns[part] }
    parts |= other.parts
    return true
  }

  private func isSame(_ one: TypedExpression?, _ other: TypedExpression?) -> Bool {
    one == nil || other == nil || one == other
  }
}

extension UInt64 {
  /// Whether a bit is set.
  func has(_ bit: Int) -> Bool { self & 1 << UInt64(bit) != 0 }
}
