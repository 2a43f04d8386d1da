internal import FlintCore
internal import FlintLineage

extension Query: CustomStringConvertible {
  /// As a tree of lines.
  var description: String { lines.joined(separator: "\n") }

  private var lines: [String] {
    switch node {
    case .table(let names): return ["Table \(names.joined(separator: "."))"]
    case .files(let source): return ["Files \(source.format) \(source.paths.joined(separator: ", "))"]
    case .values(let rows):
      return ["Values " + rows.map { "(\(Expression.list($0)))" }.joined(separator: ", ")]
    case .oneRow: return ["OneRow"]
    case .select(let select): return TreeText.lines(select.head, [select.source.lines])
    case .join(let join): return TreeText.lines(join.head, [join.left.lines, join.right.lines])
    case .set(let set):
      let all = set.keepsDuplicates ? " ALL" : ""
      return TreeText.lines(
        "\(set.kind.rawValue)\(all)\(set.isByName ? " BY NAME" : "")", [set.left.lines, set.right.lines])
    case .distinct(let source): return TreeText.lines("Distinct", [source.lines])
    case .sort(let source, let orders):
      return TreeText.lines("Sort [\(orders.map(\.description).joined(separator: ", "))]", [source.lines])
    case .limit(let source, let count, let offset):
      let parts = [count.map { "Limit \($0)" }, offset.map { "Offset \($0)" }].compactMap { $0 }
      return TreeText.lines(parts.joined(separator: " "), [source.lines])
    case .with(let tables, let source):
      let parts = tables.map { TreeText.lines("Named \($0.name)\(Self.columns($0.columns))", [$0.query.lines]) }
      return TreeText.lines("With", parts + [source.lines])
    case .alias(let source, let name, let columns):
      return TreeText.lines("Alias \(name)\(Self.columns(columns))", [source.lines])
    case .lateral(let lateral):
      let columns = lateral.columns.isEmpty ? "" : " AS \(lateral.columns.joined(separator: ", "))"
      return TreeText.lines(
        "Lateral\(lateral.isOuter ? " outer" : "") \(lateral.function) \(lateral.table)\(columns)",
        [lateral.source.lines])
    case .repartition(let source, let count, let keys):
      return TreeText.lines(
        "Repartition\(count.map { " \($0)" } ?? "") [\(Expression.list(keys))]", [source.lines])
    case .sample(let source, let fraction, _): return TreeText.lines("Sample \(fraction)", [source.lines])
    case .reshaped(let source, let change): return TreeText.lines("Reshaped \(change)", [source.lines])
    case .hinted(let source, let hint): return TreeText.lines("Hint \(hint.names[0])", [source.lines])
    case .kept(let rows): return TreeText.lines("Kept", [rows.query.lines])
    case .dataset(let source): return ["Dataset \(source.node.id)"]
    case .wrong(let known): return ["Error \(known.error.code.rawValue)"]
    }
  }

  private static func columns(_ names: [String]) -> String {
    names.isEmpty ? "" : "(\(names.joined(separator: ", ")))"
  }
}

extension SelectQuery {
  fileprivate var head: String {
    var head = "Select\(isDistinct ? " distinct" : "") [\(Expression.list(items))]"
    if let condition { head += " where \(condition)" }
    if let groups { head += " group by [\(Expression.list(groups))]" }
    if let having { head += " having \(having)" }
    for window in windows { head += " window \(window.name) (\(window.specification))" }
    for hint in hints { head += " hint \(hint.name)(\(hint.tables.joined(separator: ", ")))" }
    return head
  }
}

extension JoinQuery {
  fileprivate var head: String {
    switch condition {
    case .none: "Join \(kind.rawValue)"
    case .on(let condition): "Join \(kind.rawValue) on \(condition)"
    case .using(let columns): "Join \(kind.rawValue) using (\(columns.joined(separator: ", ")))"
    case .natural: "Join natural \(kind.rawValue)"
    }
  }
}
