import FlintCore
import FlintShuffle
import FlintStorage
import FlintTasks
import Testing

@Suite("Spill files", .timeLimit(.minutes(1)))
struct SpillTests {
  @Test("blocks come back as they were, in any order, and no file has a name")
  func roundTrip() async throws {
    try await Shuffles.withNodes(1) { nodes, _ in
      let counters = TaskCounters()
      let files = SpillFiles(nodes[0].disk, counters: counters)
      let (first, second) = (try await files.make(), try await files.make())
      var ranges: [Range<Int64>] = []
      for number in 0..<20 {
        ranges.append(try await first.append(Shuffles.block(1, 2, number, count: number * 1000)))
        _ = try await second.append([UInt8(number)])
      }
      for number in (0..<20).reversed() {
        #expect(try await first.read(ranges[number]) == Shuffles.block(1, 2, number, count: number * 1000))
      }
      #expect(try await nodes[0].context.files.list(nodes[0].disk.directory).isEmpty)
      let size = ranges.reduce(0) { $0 + $1.count }
      #expect(counters.metrics.spilledBytes == UInt64(size + 20 * 33))
      await files.removeAll()
    }
  }

  @Test("what is not the block that stands there is refused")
  func damage() async throws {
    try await Shuffles.withNodes(1) { nodes, _ in
      let files = SpillFiles(nodes[0].disk, counters: TaskCounters())
      let file = try await files.make()
      let first = try await file.append([1, 2, 3])
      let second = try await file.append([4, 5, 6])
      for range in [first.lowerBound..<first.upperBound - 1, first.lowerBound + 1..<second.upperBound, 500..<540] {
        let error = await #expect(throws: FlintError.self) { try await file.read(range) }
        #expect(error?.code == .corruptData)
      }
      await files.removeAll()
    }
  }
}
