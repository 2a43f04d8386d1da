internal import FlintCore
internal import FlintDatasets
internal import FlintLayout
internal import FlintLineage
internal import Synchronization

/// The exchanges of a query that is being planned, by what goes through them, so that equal ones are computed once: those of a
/// view that is named twice, or of a table that is joined with itself.
final class KnownExchanges: Sendable {
  private struct Key: Hashable {
    /// What is computed, as bytes: texts and numbers may be equal and still differ.
    let program: [UInt8]
    let inputs: [Input]
    /// What travels with the tasks.
    let data: [[UInt8]]?
    let partitionCount: Int
  }

  /// What a task computes of its inputs, and what becomes of the rows.
  private struct Program {
    let plan: LogicalPlan
    let partial: Aggregation?
    let merged: [Aggregation]
    let dealing: Dealing
  }

  /// Where the rows of a leaf come from.
  private enum Input: Hashable {
    case narrow(DatasetID, NarrowMapping)
    case exchange(ShuffleID)
    case carried
    case broadcast(Sent)
  }

  /// Rows that every task has, which stay as long as somebody may ask whether others are the same.
  private struct Sent: Hashable {
    let rows: SharedRows

    static func == (left: Sent, right: Sent) -> Bool { left.rows === right.rows }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(rows)) }
  }

  private let exchanges = Mutex<[Key: (ShuffleID, Dependency)]>([:])
  /// Nil where the rows turned out to be too many.
  private let broadcasts = Mutex<[Key: Broadcast<SharedRows>?]>([:])

  /// The exchange of a draft's rows, which `make` makes if there is no equal one.
  func exchange(
    _ draft: StagePlanner.Draft, _ dealing: Dealing, partitions: Int, _ make: () -> (ShuffleID, Dependency)
  ) -> (ShuffleID, Dependency) {
    guard let key = Self.key(draft, dealing, partitions) else { return make() }
    if let known = exchanges.withLock({ $0[key] }) { return known }
    let fresh = make()
    exchanges.withLock { $0[key] = fresh }
    return fresh
  }

  /// A draft's rows at every task; `share` sends them there if no equal draft's are. Nil for too many rows.
  func broadcast(
    _ draft: StagePlanner.Draft, _ share: () async throws -> Broadcast<SharedRows>?
  ) async throws -> Broadcast<SharedRows>? {
    guard let key = Self.key(draft, .inTurn, 0) else { return try await share() }
    if let known = broadcasts.withLock({ $0[key] }) { return known }
    let fresh = try await share()
    broadcasts.withLock { $0[key] = .some(fresh) }
    return fresh
  }

  /// Nil when the rows may be others each time.
  private static func key(_ draft: StagePlanner.Draft, _ dealing: Dealing, _ partitions: Int) -> Key? {
    var numbering = ColumnNumbering()
    let plan = numbering.number(draft.program.plan)
    var partial: Aggregation?
    if case .partial(let aggregation) = draft.program.ending { partial = numbering.number(aggregation) }
    var merged: [Aggregation] = []
    let inputs = draft.program.inputs.map { input -> Input in
      switch input {
      case .narrow(let number):
        guard case .narrow(let node, let mapping) = draft.dependencies[number] else {
          preconditionFailure("a narrow input of a wide dependency")
        }
        return .narrow(node.id, mapping)
      case .exchanged(let shuffle): return .exchange(shuffle)
      case .merged(let shuffle, let aggregation):
        merged.append(numbering.number(aggregation))
        return .exchange(shuffle)
      case .carried: return .carried
      case .broadcast(let rows): return .broadcast(Sent(rows: rows.value))
      }
    }
    let program = Program(plan: plan, partial: partial, merged: merged, dealing: numbering.number(dealing))
    // What cannot travel is told when it is to.
    guard numbering.isRepeatable, let bytes = try? RowBlock.encode([program], form: .rows) else { return nil }
    return Key(program: bytes, inputs: inputs, data: draft.data, partitionCount: partitions)
  }
}

extension ColumnNumbering {
  fileprivate mutating func number(_ dealing: Dealing) -> Dealing {
    switch dealing {
    case .hash(let keys): .hash(keys.map { number($0) })
    case .ranges(let orders, let bounds): .ranges(orders.map { $0.with(number($0.expression)) }, bounds: bounds)
    case .firstColumns, .inTurn: dealing
    }
  }
}

extension LogicalPlan {
  /// Whether it reads a table more than once, also for queries in its expressions: then equal parts are worth looking for.
  var readsTwice: Bool {
    var names: Set<String> = []
    return !readsOnce(&names)
  }

  private func readsOnce(_ names: inout Set<String>) -> Bool {
    if case .scan(let scan) = self { return names.insert(scan.table.name).inserted }
    for child in children where !child.readsOnce(&names) { return false }
    for expression in expressions where !Self.readsOnce(expression, &names) { return false }
    return true
  }

  private static func readsOnce(_ expression: TypedExpression, _ names: inout Set<String>) -> Bool {
    switch expression.node {
    case .query(let plan), .isInQuery(_, let plan): if !plan.readsOnce(&names) { return false }
    default: break
    }
    for child in expression.children where !readsOnce(child, &names) { return false }
    return true
  }
}
