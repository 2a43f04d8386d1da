internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats

/// Decides which joins send their smaller side to every task, so that the rows of the larger one stay where they are.
struct Broadcasting {
  /// Bytes up to which a side is sent, by what is known of it before it is computed.
  let limit: ByteCount
  /// Computes the rows of a side, and gives them to all tasks; nil when they are more than was thought.
  let share: (LogicalPlan) async throws -> Broadcast<SharedRows>?

  /// Bytes that are sent whatever the other side is.
  private static let small = 1024.0 * 1024
  /// How many times more rows there may be than was thought.
  private static let doubt = 4.0

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
    turned.right = .shared(rows, turned.right)
    turned.advice = .broadcast(.right)
    guard side == .left else { return .join(turned) }
    // Whoever reads the columns by their places finds them there.
    return .project(plan.output.map { NamedExpression($0) }, .join(turned))
  }

  private func side(of join: Join) -> Join.Side? {
    let mayRight = [.inner, .left, .semi, .anti, .antiUnlessNull].contains(join.kind)
    let mayLeft = [.inner, .right].contains(join.kind)
    if case .broadcast(let wanted) = join.advice, wanted == .right ? mayRight : mayLeft { return wanted }
    // Whoever asked for an exchange gets one, if there are keys to exchange by.
    if join.advice == .merge || join.advice == .hash, !join.keys.keys.isEmpty { return nil }
    let right = size(of: join.right)
    let left = size(of: join.left)
    let smaller: Join.Side = mayRight && (right <= left || !mayLeft) ? .right : .left
    guard mayRight || mayLeft, isSmall(smaller == .right ? join.right : join.left) else { return nil }
    // A table on every executor costs more than an exchange, unless the other side is larger by far.
    let (size, other) = smaller == .right ? (right, left) : (left, right)
    return size <= Self.small || other >= 2 * size ? smaller : nil
  }

  /// About how many bytes the rows of a plan take.
  private func size(of plan: LogicalPlan) -> Double { Estimate(plan).rows * Double(plan.rowWidth) }

  /// Whether a side may be sent: at most it has so many bytes, or far fewer are thought to be left of tables whose sizes are
  /// known.
  private func isSmall(_ plan: LogicalPlan) -> Bool {
    if let bound = plan.byteBound, bound <= Int(limit.bytes) { return true }
    return plan.hasKnownTables && size(of: plan) <= Double(limit.bytes) / Self.doubt
  }
}

extension LogicalPlan {
  /// A leaf with the rows of a plan, which every task has.
  static func shared(_ blocks: Broadcast<SharedRows>, _ plan: LogicalPlan) -> LogicalPlan {
    let columns = plan.output
    // Their bytes are known now; which values they have is only thought.
    let estimate = Estimate(plan)
    var statistics = TableStatistics(rowCount: Double(blocks.value.blocks.count / max(1, plan.rowWidth)))
    statistics.originalCount = max(estimate.base, statistics.rowCount)
    for column in columns { statistics.columns[column.name] = estimate.columns[column.id] }
    let table = Table(name: "broadcast", schema: columns.schema, rows: .shared(blocks), statistics: statistics)
    return .scan(TableScan(table: table, columns: columns))
  }
}
