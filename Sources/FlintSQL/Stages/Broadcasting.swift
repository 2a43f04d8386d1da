internal import FlintColumns
internal import FlintCore
internal import FlintDatasets

/// Decides which joins send their smaller side to every task, so that the rows of the larger one stay where they are.
struct Broadcasting {
  /// Bytes up to which a side is sent, by what is known of it before it is computed.
  let limit: ByteCount
  /// Computes the rows of a side, and gives them to all tasks; nil when they are more than was thought.
  let share: (LogicalPlan) async throws -> Broadcast<SharedRows>?

  /// Bytes that are sent whatever the other side is.
  private static let small = 1 << 20

  /// The plan with the rows of small sides in their places.
  func shared(_ plan: LogicalPlan) async throws -> LogicalPlan {
    var children: [LogicalPlan] = []
    for child in plan.children { children.append(try await shared(child)) }
    let plan = plan.with(children)
    guard case .join(let join) = plan, let side = side(of: join) else { return plan }
    var turned = join
    if side == .left {
      // The side that every task has is the right one.
      turned.kind = join.kind == .right ? .left : .inner
      turned.left = join.right
      turned.right = join.left
    }
    guard let rows = try await share(turned.right) else { return plan }
    turned.right = .shared(rows, turned.right.output)
    turned.broadcast = .right
    guard side == .left else { return .join(turned) }
    // Whoever reads the columns by their places finds them there.
    return .project(plan.output.map { NamedExpression($0) }, .join(turned))
  }

  private func side(of join: Join) -> Join.Side? {
    let mayRight = [.inner, .left, .semi, .anti, .antiUnlessNull].contains(join.kind)
    let mayLeft = [.inner, .right].contains(join.kind)
    if let wanted = join.broadcast, wanted == .right ? mayRight : mayLeft { return wanted }
    let right = mayRight ? join.right.byteBound : nil
    let left = mayLeft ? join.left.byteBound : nil
    let smaller: Join.Side = (right ?? .max) <= (left ?? .max) ? .right : .left
    guard let size = smaller == .right ? right : left, size <= Int(limit.bytes) else { return nil }
    // A table on every executor costs more than an exchange, unless the other side is larger by far.
    let other = smaller == .right ? join.left : join.right
    let otherSize = JoinOrdering.estimate(other) * Double(other.rowWidth)
    return size <= Self.small || otherSize >= 2 * Double(size) ? smaller : nil
  }
}

extension LogicalPlan {
  /// A leaf whose rows every task has.
  static func shared(_ blocks: Broadcast<SharedRows>, _ columns: [Attribute]) -> LogicalPlan {
    let table = Table(name: "broadcast", schema: columns.schema, rows: .shared(blocks), rowCount: nil)
    return .scan(TableScan(table: table, columns: columns))
  }
}
