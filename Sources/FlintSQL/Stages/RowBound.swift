internal import FlintColumns

extension LogicalPlan {
  /// About no more rows than this, whatever the values are; nil when nobody knows.
  var rowBound: Int? {
    switch self {
    case .scan(let scan): scan.table.rowCount
    case .values(_, let rows): rows.count
    case .aggregate(let aggregation, let child): aggregation.keys.isEmpty ? 1 : child.rowBound
    case .join(let join):
      switch join.kind {
      case .semi, .anti, .antiUnlessNull: join.left.rowBound
      case .inner, .left, .right, .full: nil
      }
    case .union(_, let children):
      children.reduce(0) { sum, child in sum.flatMap { sum in child.rowBound.map { sum + $0 } } }
    case .limit(let count, _, let child): [count, child.rowBound].compactMap(\.self).min()
    case .generate: nil
    case .filter(_, let child), .project(_, let child), .sort(_, let child), .window(_, let child),
      .repartition(_, _, let child), .sample(_, _, let child):
      child.rowBound
    }
  }

  /// About as many bytes as its rows take at most; nil when nobody knows.
  var byteBound: Int? {
    rowBound.map { $0.multipliedReportingOverflow(by: rowWidth) }.map { $0.overflow ? .max : $0.partialValue }
  }

  /// Whether somebody knows of all its tables how many rows they have.
  var hasKnownTables: Bool {
    if case .scan(let scan) = self { return scan.table.statistics != nil }
    return children.allSatisfy(\.hasKnownTables)
  }

  /// About how many bytes a row takes.
  var rowWidth: Int { output.reduce(0) { $0 + $1.type.usualWidth } }
}

extension DataType {
  /// Bytes that a value usually takes.
  fileprivate var usualWidth: Int {
    switch self {
    case .string, .binary: 20
    case .list, .map: 64
    case .structure(let fields): fields.reduce(1) { $0 + $1.type.usualWidth }
    default: (physical.width ?? 1) + 1
    }
  }
}
