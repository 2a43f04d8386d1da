internal import FlintDatasets

/// An action at the end of a random lineage, with what must come of it for the rows that the model has.
struct SwarmAction: Sendable {
  /// The action's name, as the coverage calls it.
  let name: String
  /// Runs it and throws when its result is not that of `rows`.
  let run: @Sendable (Dataset<Pair>, _ rows: [Pair], SwarmScope) async throws -> Void

  init(_ name: String, _ run: @escaping @Sendable (Dataset<Pair>, [Pair], SwarmScope) async throws -> Void) {
    self.name = name
    self.run = run
  }

  static let all: [SwarmAction] = whole + partial + written + jobs

  private static func requireEqual(_ found: [Pair], _ rows: [Pair], _ scope: SwarmScope, _ what: String) throws {
    let (found, wanted) = (Model.sorted(found), Model.sorted(rows))
    let odd = zip(found, wanted).first { $0 != $1 }.map { ", \($0) for \($1)" } ?? ""
    try scope.require(
      found.count == wanted.count && odd.isEmpty, "\(what) has \(found.count) rows instead of \(wanted.count)\(odd)")
  }

  private static let whole: [SwarmAction] = [
    collectAction, rowsAction, countAction, countByKeyAction, reduceAction, foldAction, aggregateAction,
  ]

  private static let collectAction = SwarmAction("collect") { dataset, rows, scope in
    try requireEqual(try await dataset.collect(), rows, scope, "collect")
  }

  private static let rowsAction = SwarmAction("rows") { dataset, rows, scope in
    var found: [Pair] = []
    for try await row in dataset.rows() { found.append(row) }
    try requireEqual(found, rows, scope, "rows")
  }

  private static let countAction = SwarmAction("count") { dataset, rows, scope in
    let count = try await dataset.count()
    try scope.require(count == rows.count, "\(count) rows were counted instead of \(rows.count)")
  }

  private static let countByKeyAction = SwarmAction("countByKey") { dataset, rows, scope in
    let counts = try await dataset.countByKey()
    let wanted = Model.groups(rows)
    try scope.require(
      counts.count == wanted.count && wanted.allSatisfy { counts[$0.0] == $0.1.count }, "countByKey gave \(counts)")
  }

  private static let reduceAction = SwarmAction("reduce") { dataset, rows, scope in
    let sum = try await dataset.values().reduce { $0 &+ $1 }
    try scope.require(sum == (rows.isEmpty ? nil : Model.sum(rows.map(\.1))), "reduce gave \(sum ?? 0)")
  }

  private static let foldAction = SwarmAction("fold") { dataset, rows, scope in
    let sum = try await dataset.values().fold(0) { $0 &+ $1 }
    try scope.require(sum == Model.sum(rows.map(\.1)), "fold gave \(sum)")
  }

  private static let aggregateAction = SwarmAction("aggregate") { dataset, rows, scope in
    let sum = try await dataset.aggregate(0, { $0 = $0 &+ $1.0 }, merge: { $0 = $0 &+ $1 })
    try scope.require(sum == Model.sum(rows.map(\.0)), "aggregate gave \(sum)")
  }

  private static let partial: [SwarmAction] = [
    takeAction, firstAction, minimumAction, maximumAction, topAction, foreachAction, foreachPartitionAction,
  ]

  private static let takeAction = SwarmAction("take") { dataset, rows, scope in
    let found = try await dataset.take(5)
    try scope.require(found.count == min(5, rows.count), "take gave \(found.count) rows of \(rows.count)")
    let there = Set(rows.map { [$0.0, $0.1] })
    try scope.require(found.allSatisfy { there.contains([$0.0, $0.1]) }, "take gave \(found), which are not all there")
  }

  private static let firstAction = SwarmAction("first") { dataset, rows, scope in
    let row = try await dataset.first()
    try scope.require((row == nil) == rows.isEmpty, "first gave \(String(describing: row))")
  }

  private static let minimumAction = SwarmAction("min") { dataset, rows, scope in
    let least = try await dataset.values().min()
    try scope.require(least == rows.map(\.1).min(), "min gave \(least ?? 0)")
  }

  private static let maximumAction = SwarmAction("max") { dataset, rows, scope in
    let most = try await dataset.values().max()
    try scope.require(most == rows.map(\.1).max(), "max gave \(most ?? 0)")
  }

  private static let topAction = SwarmAction("top") { dataset, rows, scope in
    let found = try await dataset.values().top(4)
    let wanted = Array(rows.map(\.1).sorted(by: >).prefix(4))
    try scope.require(found == wanted, "top gave \(found) instead of \(wanted)")
  }

  private static let foreachAction = SwarmAction("foreach") { dataset, _, _ in
    try await dataset.foreach { _ in }
  }

  private static let foreachPartitionAction = SwarmAction("foreachPartition") { dataset, _, _ in
    try await dataset.foreachPartition { rows in for try await _ in rows {} }
  }

  private static let written: [SwarmAction] = [
    saveAsTextFileAction, saveAsBytesAction,
  ]

  private static let saveAsTextFileAction = SwarmAction("saveAsTextFile") { dataset, rows, scope in
    let path = scope.path("text")
    let compression: TextCompression = scope.parameter % 2 == 0 ? .none : .gzip
    try await dataset.map { "\($0.0) \($0.1)" }.saveAsTextFile(path, compression: compression)
    // Without partitions there are no parts, and a pattern that matches nothing is an error.
    guard dataset.partitionCount > 0 else { return try scope.require(rows.isEmpty, "no part was saved") }
    let lines = try await scope.session.textFile(path + "/part-*").collect()
    try requireEqual(lines.compactMap(SwarmSource.parse), rows, scope, "the text that was saved")
  }

  private static let saveAsBytesAction = SwarmAction("saveAsBytes") { dataset, rows, scope in
    let path = scope.path("bytes")
    try await dataset.saveAsBytes(path) { row, bytes in bytes += Array("\(row.0) \(row.1)\n".utf8) }
    guard dataset.partitionCount > 0 else { return try scope.require(rows.isEmpty, "no part was saved") }
    let files = try await scope.session.binaryFiles(path + "/part-*").collect()
    let text = files.map { String(decoding: $0.1, as: UTF8.self) }.joined()
    try requireEqual(text.split(separator: "\n").compactMap { SwarmSource.parse(String($0)) }, rows, scope, "bytes")
  }

  /// The outputs that it publishes.
  var outputs: [String] {
    switch name {
    case "saveAsTextFile": ["text"]
    case "saveAsBytes": ["bytes"]
    case "job.WordCount": ["words"]
    case "job.TeraSort": ["sorted"]
    default: []
    }
  }
}
