import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// What actions bring to the driver.
@Suite("Actions", .timeLimit(.minutes(1)))
struct ActionTests {
  @Test("rows are reduced, folded and aggregated, empty partitions too")
  func folds() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let rows = flint.parallelize(["b", "a", "c"], partitions: 5)
      #expect(try await rows.reduce { $0 + $1 } == "bac")
      #expect(try await rows.fold("") { $0 + $1 } == "bac")
      let counts = try await rows.aggregate([String: Int]()) {
        $0[$1, default: 0] += 1
      } merge: { total, part in
        total.merge(part) { $0 + $1 }
      }
      #expect(counts == ["a": 1, "b": 1, "c": 1])
      #expect(try await rows.count() == 3)
      #expect(try await rows.filter { _ in false }.reduce { $0 + $1 } == nil)
    }
  }

  @Test("least, greatest and top rows are those of a sorted array")
  func order() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let numbers = (0..<500).map { ($0 * 7919) % 1009 }
      let rows = flint.parallelize(numbers, partitions: 7)
      #expect(try await rows.min() == numbers.min())
      #expect(try await rows.max() == numbers.max())
      #expect(try await rows.top(25) == Array(numbers.sorted(by: >).prefix(25)))
      #expect(try await rows.top(5) { $0 > $1 } == Array(numbers.sorted().prefix(5)))
      #expect(try await rows.top(0).isEmpty)
      #expect(try await rows.top(1000).count == 500)
    }
  }

  @Test("take looks at few partitions first, and at more only when they have too few rows")
  func take() async throws {
    try await DirectRuntime.use { flint, runtime async throws in
      let rows = flint.range(0..<100, partitions: 50)
      #expect(try await rows.take(2) == [0, 1])
      #expect(runtime.record.resultPartitions.count == 1)
      #expect(try await rows.take(7) == Array(0..<7))
      // One for the first take; one and then four for the second.
      #expect(runtime.record.resultPartitions.count == 6)
      #expect(try await rows.filter { $0 >= 98 }.take(5) == [98, 99])
      #expect(try await rows.first() == 0)
      let none = try await rows.filter { $0 < 0 }.first()
      #expect(none == nil)
      #expect(try await rows.take(0).isEmpty)
    }
  }

  @Test("collect over its limit names size, limit and alternative, and the user's line")
  func collectLimit() async throws {
    var limits = Limits()
    limits.collectedBytes = .mebibytes(1)
    try await DirectRuntime.use(limits: limits) { flint, _ async throws in
      let line = #line + 2
      let error = await expectError(.tooLarge) {
        _ = try await flint.range(0..<400_000, partitions: 4).collect()
      }
      #expect(
        error?.why?.contains("they take 3.1 MiB; flint.collect.limit and half of flint.driver.memory allow 1 MiB")
          == true,
        "\(String(describing: error?.why))")
      #expect(error?.remedy?.contains("saveAsTextFile") == true)
      #expect(error?.location == SourceLocation(file: "DatasetsTests/ActionTests.swift", line: line))
      let one = await expectError(.tooLarge) {
        _ = try await flint.range(0..<400_000, partitions: 1).collect()
      }
      #expect(one?.why?.contains("they take 3.1 MiB") == true, "\(String(describing: one?.why))")
      #expect(try await flint.range(0..<100_000, partitions: 4).collect().count == 100_000)
    }
  }

  @Test("rows come one partition after another, and no further than they are read")
  func rows() async throws {
    try await DirectRuntime.use { flint, runtime async throws in
      let dataset = flint.range(0..<1_000, partitions: 10).map { $0 * 2 }
      var read: [Int] = []
      for try await row in dataset.rows() {
        read.append(row)
        if read.count == 150 { break }
      }
      #expect(read == (0..<150).map { $0 * 2 })
      #expect(runtime.record.resultPartitions.map(\.rawValue) == [0, 1])
    }
  }

  @Test("functions for their effect see every row, on the task's side")
  func effects() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let seen = try flint.sum(of: Int.self)
      try await flint.range(0..<100, partitions: 3).foreach { seen.add($0) }
      #expect(seen.value == 4950)
      let parts = try flint.sum(of: Int.self)
      try await flint.range(0..<100, partitions: 3).foreachPartition { rows in
        var count = 0
        for try await _ in rows { count += 1 }
        parts.add(count * 1000 + 1)
      }
      #expect(parts.value == 100_003)
    }
  }

  @Test("a cancelled Swift task cancels its job")
  func cancelled() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let job = Task {
        try await flint.range(0..<1_000_000_000_000, partitions: 1).map { number in
          if number == 0 { Gate.actions.open() }
          return number
        }.count()
      }
      await Gate.actions.passed()
      job.cancel()
      await #expect(throws: CancellationError.self) { try await job.value }
    }
  }

  @Test("a function that cannot travel is refused before anything runs, with the place")
  func unshippable() async throws {
    try await DirectRuntime.use { flint, runtime async throws in
      let gate = Gate()
      let line = #line + 1
      let rows = flint.range(0..<3).map { number in
        gate.open()
        return number
      }
      let error = await expectError(.unshippableClosure) { try rows.validate() }
      #expect(error?.location == SourceLocation(file: "DatasetsTests/ActionTests.swift", line: line))
      await expectError(.unshippableClosure) { _ = try await rows.count() }
      #expect(runtime.record.jobs == 0)
    }
  }

  @Test("rows that cannot cross a border are refused where they would have to, and only there")
  func untravelling() async throws {
    struct Held: Sendable { let run: @Sendable () -> Int }
    try await DirectRuntime.use { flint, runtime async throws in
      let held = flint.range(0..<3).map { number in Held { number * 2 } }
      #expect(try await held.map { $0.run() }.collect() == [0, 2, 4])
      let jobs = runtime.record.jobs
      for body in [
        { _ = try await held.collect() }, { _ = try await held.persist().count() }, { _ = try await held.take(1) },
        { _ = try await flint.parallelize([Held { 1 }]).count() },
      ] as [() async throws -> Void] {
        let error = await expectError(.unsupportedType, body)
        #expect(error?.location?.file == "DatasetsTests/ActionTests.swift")
      }
      #expect(runtime.record.jobs == jobs)
    }
  }
}
