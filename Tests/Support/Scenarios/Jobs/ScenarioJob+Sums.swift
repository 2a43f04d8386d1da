package import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintLineage

/// Sums of 0 to 999 by their last two digits, in forms that pass through different rooms of the product.
extension ScenarioJob {
  private static let sumLines: @Sendable () -> [String] = {
    (0..<100).map { key in "\(key)\t\((0..<10).reduce(0) { $0 + 100 * $1 + key })" }
  }

  private static func keyed(_ flint: Session) -> Dataset<(Int, Int)> {
    flint.range(0..<1000, partitions: 4).map { ($0 % 100, $0) }
  }

  private static func lines(_ sums: Dataset<(Int, Int)>) -> Dataset<String> { sums.map { "\($0.0)\t\($0.1)" } }

  /// Two stages, four tasks each.
  package static let sums = ScenarioJob("sums") { flint, _ in
    try await lines(keyed(flint).reduceByKey(partitions: 4, +)).collect()
  } reference: {
    sumLines()
  }

  /// Two stages, and one row from each task to each task: too few bytes to be compressed.
  package static let singleRows = ScenarioJob("single rows") { flint, _ in
    let rows = flint.range(0..<16, partitions: 4).map { ($0 % 4, $0 * 1_000_003) }
    return try await lines(rows.reduceByKey(partitions: 4, +)).collect()
  } reference: {
    (0..<4).map { "\($0)\t\((4 * $0 + 24) * 1_000_003)" }
  }

  /// The sums as an output in the shared folder, which is then read.
  package static let savedSums = ScenarioJob("saved sums", outputs: ["output"]) { flint, ground in
    try await lines(keyed(flint).reduceByKey(partitions: 4, +)).saveAsTextFile(ground.path("output"))
    return try await flint.textFile(ground.path("output/part-*")).collect()
  } reference: {
    sumLines()
  }

  /// The sums by functions that go through a partition's rows themselves.
  package static let walkedSums = ScenarioJob("walked sums") { flint, _ in
    let sums = keyed(flint).reduceByKey(partitions: 4, +)
    try await sums.foreachPartition { rows in for try await _ in rows {} }
    return try await sums.mapPartitions { rows in rows.map { "\($0.0)\t\($0.1)" } }.collect()
  } reference: {
    sumLines()
  }

  /// Words of lines that were sorted; some partitions have one line, others none.
  package static let sortedWords = ScenarioJob("words of sorted lines") { flint, _ in
    let lines = flint.range(0..<3, partitions: 2).map { "word \($0)" }.sortBy(partitions: 3) { $0 }
    return try await lines.words().collect()
  } reference: {
    ["word", "0", "word", "1", "word", "2"]
  }

  /// Three stages: the sums are made of sums.
  package static let twoExchanges = ScenarioJob("two exchanges") { flint, _ in
    let first = keyed(flint).map { (($0.0, $0.1 / 500), $0.1) }.reduceByKey(partitions: 4, +)
    return try await lines(first.map { ($0.0.0, $0.1) }.reduceByKey(partitions: 3, +)).collect()
  } reference: {
    sumLines()
  }

  /// Kept rows, counted three times.
  package static let kept = ScenarioJob("kept rows") { flint, _ in
    let rows = keyed(flint).persist(.memoryAndDisk)
    var lines: [String] = []
    for _ in 0..<3 { lines.append("\(try await rows.count())") }
    return lines
  } reference: {
    ["1000", "1000", "1000"]
  }

  /// Kept rows that have no room in the memory of the executors, read while others are kept.
  package static let crowded = ScenarioJob("rows without room") { flint, _ in
    let many = (0..<4).map { number in
      flint.range(0..<20_000, partitions: 4).map { ($0, "row \($0) of dataset \(number)") }.persist(.memoryOnly)
    }
    var lines: [String] = []
    for _ in 0..<2 {
      for rows in many { lines.append("\(try await rows.count())") }
    }
    return lines
  } reference: {
    Array(repeating: "20000", count: 8)
  }

  /// A sort whose rows have no room in the memory of a task.
  package static let spilling = ScenarioJob("a sort without room") { flint, _ in
    let rows = flint.range(0..<20_000, partitions: 2).map { ($0 &* 7919 % 20_011, String(repeating: "x", count: 40)) }
    let sorted = try await rows.sortByKey(partitions: 2).keys().collect()
    return [sorted == sorted.sorted() ? "sorted" : "not sorted", "\(sorted.count)", "\(sorted.reduce(0, &+))"]
  } reference: {
    ["sorted", "20000", "\((0..<20_000).reduce(0) { $0 + $1 * 7919 % 20_011 })"]
  }

  /// Rows that depend on the order of arrival: when some are computed again the others must be, too.
  package static let numbered = ScenarioJob("numbered rows") { flint, _ in
    let dealt = keyed(flint).repartition(3).mapPartitions { rows in
      rows.enumerated().map { ($0.offset % 7, $0.element.1) }
    }
    let sums = try await dealt.map { ($0.0, ($0.1, 1)) }.reduceByKey(partitions: 3) { ($0.0 + $1.0, $0.1 + $1.1) }
      .collect()
    return ["\(sums.reduce(0) { $0 + $1.1.0 })", "\(sums.reduce(0) { $0 + $1.1.1 })"]
  } reference: {
    ["499500", "1000"]
  }

  /// Two jobs that read one exchange at once; one of them is cancelled.
  package static let shared = ScenarioJob("a shared exchange") { flint, _ in
    let sums = keyed(flint).reduceByKey(partitions: 4, +)
    let other = Task { try await sums.count() }
    let mine = Task { try await lines(sums).collect() }
    _ = try await sums.first()
    other.cancel()
    _ = try? await other.value
    return try await mine.value
  } reference: {
    sumLines()
  }
}
