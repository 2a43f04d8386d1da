internal import FlintDatasets

/// The shapes of the jobs that the repository shows to readers: words, a sort of lines, revenue by a struct of several fields.
extension SwarmAction {
  static let jobs: [SwarmAction] = [wordCount, teraSort, revenue]

  private static let wordCount = SwarmAction("job.WordCount") { dataset, rows, scope in
    let path = scope.path("words")
    try await dataset.map { "w\($0.0) w\($0.1 % 7)" }.words().map { ($0, 1) }.reduceByKey(+)
      .map { word, count in "\(word)\t\(count)" }.saveAsTextFile(path)
    let found = try await scope.session.textFile(path + "/part-*").collect()
    let words = rows.flatMap { ["w\($0.0)", "w\($0.1 % 7)"] }
    let counts = Dictionary(grouping: words) { $0 }.map { "\($0.key)\t\($0.value.count)" }
    try scope.require(found.sorted() == counts.sorted(), "words were counted as \(found)")
  }

  private static let teraSort = SwarmAction("job.TeraSort") { dataset, rows, scope in
    let path = scope.path("sorted")
    try await dataset.map { "\($0.0) \($0.1)" }.sortBy { $0 }.saveAsTextFile(path)
    let found = try await scope.session.textFile(path + "/part-*", partitions: 1).collect()
    try scope.require(found == rows.map { "\($0.0) \($0.1)" }.sorted(), "lines were sorted to \(found)")
  }

  /// What is counted together.
  private struct Place: Hashable {
    var zone: Int
    var kind: Kind
  }

  private enum Kind: String {
    case green, yellow
  }

  private struct Earned {
    var revenue: Int
    var trips: Int
  }

  private static let revenue = SwarmAction("job.TaxiRevenue") { dataset, rows, scope in
    let earned = dataset.map { zone, fare in
      (Place(zone: zone, kind: fare % 2 == 0 ? .green : .yellow), Earned(revenue: fare, trips: 1))
    }.reduceByKey { Earned(revenue: $0.revenue &+ $1.revenue, trips: $0.trips &+ $1.trips) }
    let lines = try await earned.map { place, earned in
      "\(place.zone),\(place.kind.rawValue),\(earned.revenue),\(earned.trips)"
    }.collect()
    let wanted = Model.groups(rows).flatMap { zone, fares -> [String] in
      [(0, "green"), (1, "yellow")].compactMap { rest, kind in
        let own = fares.filter { ($0 % 2 == 0) == (rest == 0) }
        return own.isEmpty ? nil : "\(zone),\(kind),\(Model.sum(own)),\(own.count)"
      }
    }
    try scope.require(lines.sorted() == wanted.sorted(), "revenue was added up to \(lines)")
  }
}
