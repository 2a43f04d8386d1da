extension LogicalPlan: CustomStringConvertible {
  /// As a tree of lines.
  var description: String { lines.joined(separator: "\n") }

  private var lines: [String] { TreeText.lines(head, children.map(\.lines)) }

  private var head: String {
    func list<Element>(_ elements: [Element]) -> String { elements.map { "\($0)" }.joined(separator: ", ") }
    switch self {
    case .scan(let scan):
      let filters = scan.filters.isEmpty ? "" : " where \(list(scan.filters.map(\.text)))"
      let partitions = scan.partitionFilter.map { " partitions \($0)" } ?? ""
      return "Scan \(scan.table.name) [\(list(scan.columns))]\(filters)\(partitions)"
    case .values(let columns, let rows): return "Values [\(list(columns))] \(rows.count) rows"
    case .project(let items, _): return "Project [\(list(items.map(\.text)))]"
    case .filter(let condition, _): return "Filter \(condition)"
    case .aggregate(let aggregation, _):
      return
        "Aggregate [\(list(aggregation.keys.map(\.text)))] [\(list(aggregation.calls.map { "\($0.call) as \($0.id)" }))]"
    case .join(let join):
      let condition = join.condition.map { " on \($0)" } ?? ""
      return "\(join.isMerged ? "SortMergeJoin" : "Join") \(join.kind)\(condition)\(join.advice?.text ?? "")"
    case .union: return "Union"
    case .sort(let orders, _): return "Sort [\(list(orders))]"
    case .limit(let count, let offset, _):
      return "Limit\(count.map { " \($0)" } ?? "")\(offset == 0 ? "" : " offset \(offset)")"
    case .window(let step, _): return "Window [\(list(step.functions.map { "\($0.call) as \($0.id)" }))]"
    case .generate(let generation, _):
      return "Generate \(generation.kind) \(generation.input) as [\(list(generation.columns))]"
    case .repartition(let count, let keys, _):
      return "Repartition\(count.map { " \($0)" } ?? "") [\(list(keys))]"
    case .sample(let fraction, _, _): return "Sample \(fraction)"
    }
  }
}

extension Join.Advice {
  /// What the operator's name does not say.
  fileprivate var text: String {
    switch self {
    case .broadcast(let side): " broadcast \(side)"
    case .merge: ""
    case .hash: " by hash"
    }
  }
}

extension NamedExpression {
  fileprivate var text: String { isPlain ? "\(attribute)" : "\(expression) as \(attribute)" }
}
