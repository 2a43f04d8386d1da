import FlintCore
import FlintShuffle
import FlintStorage
import FlintWire
import Testing

@Suite("A shuffle between two executors", .timeLimit(.minutes(1)))
struct ShuffleTests {
  private static func limits(_ change: (inout Limits) -> Void = { _ in }) -> Limits {
    var limits = Limits()
    change(&limits)
    return limits
  }

  /// Writes three map outputs on two nodes and reads each partition on the first; returns whether they were in memory.
  private static func roundTrip(
    _ limits: Limits, blocks: Int = 4, count: Int = 3000, memory: ByteCount = .mebibytes(64)
  ) async throws -> [Bool] {
    let partitions = 3
    var places: [Bool] = []
    try await Shuffles.withNodes(2, limits: limits) { nodes, _ in
      var reports: [MapOutputReport] = []
      for map in 0..<3 as Range<UInt64> {
        let node = nodes[Int(map) % 2]
        let task = node.task(map, memory: memory)
        // Files of the second node are served by its executor here, which the client must take for one.
        var report = try await Shuffles.write(
          map, on: node, partitions: partitions, blocks: blocks, count: count, task: task)
        places.append(report.place.executor != nil)
        report.place = node.memoryPlace
        reports.append(report)
      }
      for reduce in 0..<partitions {
        let entries = reports.enumerated().map { index, report in
          Shuffles.entry(report, UInt64(index), reduce, on: nodes[index % 2])
        }
        let task = nodes[0].task(UInt64(reduce))
        let reader = try nodes[0].reader(entries, reduce: UInt64(reduce), task: task)
        let read = try await Shuffles.all(reader, rowCount: entries.reduce(0) { $0 + $1.rowCount })
        let written = (0..<3 as Range<UInt64>).flatMap { map in
          (0..<blocks).map { Shuffles.block(map, reduce, $0, count: count) }
        }
        #expect(read == written.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(task.heldMemory == 0)
      }
    }
    return places
  }

  @Test("small outputs stay in memory, and their readers get every block once")
  func memory() async throws {
    #expect(try await Self.roundTrip(Self.limits()) == [true, true, true])
  }

  @Test("outputs over the limit become files")
  func files() async throws {
    #expect(try await Self.roundTrip(Self.limits { $0.memoryMapOutput = ByteCount(1) }) == [false, false, false])
  }

  @Test("what is whole pieces of a file is served from it, under the checksum with which it was written")
  func filesAsTheyAre() async throws {
    try await Shuffles.withNodes(
      1,
      limits: Self.limits { limits in
        limits.memoryMapOutput = ByteCount(1)
        limits.mapOutputBuffer = ByteCount(20_000)
      }
    ) { nodes, _ in
      let report = try await Shuffles.write(0, on: nodes[0], partitions: 2, blocks: 30, count: 3000)
      let files = nodes[0].files
      let block = BlockID.shuffleSegment(
        Shuffles.shuffle, map: nodes[0].task(0).attempt, reduce: PartitionID(rawValue: 1))
      let whole = BlockRequest(block: block, offset: 0, length: report.byteCounts[1])
      let parts = try #require(try await files.file(of: whole))
      let bytes = try #require(try await files.part(of: whole))
      #expect(parts.ranges.count > 2)
      var read: [UInt8] = []
      for range in parts.ranges { read += try await parts.file.read(count: range.count, at: range.lowerBound) }
      #expect(read == bytes)
      #expect(parts.checksum == CRC32C.checksum(bytes))
      // A part that begins or ends in a piece has to be read for its checksum, and more than there is is nobody's.
      for (offset, length) in [(UInt64(1), whole.length - 1), (0, whole.length - 1), (0, whole.length + 1)] {
        #expect(try await files.file(of: BlockRequest(block: block, offset: offset, length: length)) == nil)
      }
    }
  }

  @Test("an output of many runs is read as one, in requests of a few bytes")
  func runs() async throws {
    let limits = Self.limits {
      $0.memoryMapOutput = ByteCount(1)
      $0.mapOutputBuffer = ByteCount(5000)
      $0.fetchRequest = ByteCount(77)
      $0.fetchBytesInFlight = ByteCount(200)
    }
    #expect(try await Self.roundTrip(limits) == [false, false, false])
  }

  @Test("a writer that gets no memory writes what it has")
  func shortage() async throws {
    let limits = Self.limits { $0.memoryMapOutput = .mebibytes(8) }
    let places = try await Self.roundTrip(limits, blocks: 40, count: 9000, memory: .kibibytes(192))
    #expect(places == [false, false, false])
  }
}
