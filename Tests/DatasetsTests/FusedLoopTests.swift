import BuiltPrograms
import DirectRuntime
import FlintCore
import FlintDatasets
import FlintSystem
import Testing

/// Several transformations in one loop.
struct FusedLoopTests {
  private struct OddNumber: Error {}

  /// What a chain of a program gave, and whose functions ran.
  private struct Line: Equatable {
    let result: String
    let entered: String
  }

  private func lines(_ build: BuiltProgram.Build) async throws -> [String: Line] {
    var command = ProcessCommand(try BuiltProgram("fused-check", build).path(), [])
    command.output = .piped
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    var bytes: [UInt8] = []
    for try await chunk in process.output { bytes += chunk }
    #expect(try await process.exit() == .exited(0))
    var lines: [String: Line] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let halves = line.split(separator: " | ", maxSplits: 1).map(String.init)
      let words = halves[0].split(separator: ": ", maxSplits: 1).map(String.init)
      lines[words[0]] = Line(result: words[1], entered: halves[1])
    }
    return lines
  }

  @Test("the optimiser makes one loop of a chain, which gives what batches give")
  func folding() async throws {
    let (debug, release) = (try await lines(.debug), try await lines(.release))
    #expect(debug.mapValues(\.result) == release.mapValues(\.result))
    #expect(debug.count == 12)
    for (name, line) in debug { #expect(!line.entered.contains(","), "\(name): \(line.entered)") }
    let one = release.mapValues(\.entered)
    #expect(one["sum by number"] == "map, filter, map, reduceByKey; reduceByKey")
    #expect(one["sum by text"] == "map, filter, map, reduceByKey; reduceByKey")
    #expect(one["figures of groups"] == "grouped; map")
    #expect(one["distinct rows"] == "distinct; map, map, distinct")
    #expect(one["words"] == "map, reduceByKey; reduceByKey")
    #expect(one["rows"] == "map, compactMap, keyBy, mapValues")
    #expect(one["kept in between"] == "map, filter")
    #expect(one["two keys"] == "map; reduceByKey")
    #expect(one["a captured number"] == "filter; map; reduceByKey")
    #expect(one["a dataset from elsewhere"] == "filter; map; reduceByKey")
    let failed = debug.mapValues(\.result)
    #expect(failed["a throwing filter"]?.hasPrefix("the function of filter threw OddFare at ") == true)
    #expect(failed["a throwing merge"]?.hasPrefix("the function of reduceByKey threw OddFare at ") == true)
  }

  @Test("a chain that is longer than a loop may be goes on in the next one", .bothForms)
  func longChain() async throws {
    try await DirectRuntime.use { flint, runtime async throws in
      var rows = flint.range(0..<100, partitions: 2)
      for _ in 0..<40 { rows = rows.map { $0 + 1 } }
      #expect(try await rows.collect() == Array(40..<140))
      let mapped = runtime.record.entered.filter { $0.hasPrefix("map, ") }.map { $0.split(separator: " ").count }
      #expect(mapped.sorted() == (FusedCode.isForced ? [8, 16] : []))
    }
  }

  @Test("a dataset that others are made of stays what it is", .bothForms)
  func branches() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let rows = flint.range(0..<1_000, partitions: 2).map { $0 * 3 }.filter { $0 % 2 == 0 }
      let kept = rows.map { ($0 % 10, "\($0)") }.persist()
      let even = (0..<1_000).map { $0 * 3 }.filter { $0 % 2 == 0 }
      #expect(try await rows.collect() == even)
      for _ in 0..<2 {
        #expect(try await kept.map { $0.1 }.collect() == even.map { "\($0)" })
        let counts = try await kept.mapValues { _ in 1 }.reduceByKey(+).collect()
        #expect(Dictionary(uniqueKeysWithValues: counts) == Dictionary(even.map { ($0 % 10, 1) }, uniquingKeysWith: +))
      }
      let both = try await rows.union(rows.map { -$0 }).filter { $0 % 4 == 0 }.map { $0 / 2 }.collect()
      #expect(both == (even + even.map { -$0 }).filter { $0 % 4 == 0 }.map { $0 / 2 })
    }
  }

  @Test("batches of a loop that grow, shrink and are empty hold their own rows", .bothForms)
  func changingBatches() async throws {
    var limits = Limits()
    limits.rowsPerBatch = 10
    try await DirectRuntime.use(limits: limits) { flint, _ async throws in
      let rows = flint.range(0..<200, partitions: 1).map { ($0 / 10, "row \($0)") }
        .filter { $0.0 % 4 != 1 && Int($0.1.dropFirst(4)).map { number in number % 10 <= number / 10 } ?? false }
        .map { $0.1 }
      let expected = (0..<200).filter { $0 / 10 % 4 != 1 && $0 % 10 <= $0 / 10 }.map { "row \($0)" }
      #expect(try await rows.collect() == expected)
    }
  }
}
