import FlintCore
import FlintShuffle
import FlintStorage
import FlintWire
import Testing

@Suite("Fetching a shuffle when something is wrong", .timeLimit(.minutes(1)))
struct FetchTests {
  private static let partitions = 3
  private static let blocks = 4
  private static let count = 2000

  private static var limits: Limits {
    var limits = Limits()
    limits.redialAfter = .milliseconds(1)
    limits.redialAtMost = .milliseconds(2)
    limits.fetchRequest = ByteCount(1500)
    return limits
  }

  private static func expected(_ map: UInt64, _ reduce: Int) -> [[UInt8]] {
    (0..<blocks).map { Shuffles.block(map, reduce, $0, count: count) }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Lets the second node write, in files when `memory` is 1, and the first read partition 1 through what `harm` makes of its
  /// client.
  private static func read(
    memory: ByteCount = .mebibytes(1), prepare: (ShuffleNode) async throws -> Void = { _ in },
    change: (inout MapOutputEntry) -> Void = { _ in },
    _ harm: (ShuffleNode) -> (any BlockFetching)?
  ) async throws -> Result<[[UInt8]], any Error> {
    var limits = limits
    limits.memoryMapOutput = memory
    var outcome: Result<[[UInt8]], any Error> = .success([])
    try await Shuffles.withNodes(2, limits: limits) { nodes, _ in
      var report = try await Shuffles.write(
        9, on: nodes[1], partitions: partitions, blocks: blocks, count: count)
      report.place = nodes[1].memoryPlace
      try await prepare(nodes[1])
      var entry = Shuffles.entry(report, 9, 1, on: nodes[1])
      change(&entry)
      let task = nodes[0].task(4)
      let reader = try nodes[0].reader([entry], reduce: 1, task: task, remote: harm(nodes[0]))
      do {
        outcome = .success(try await Shuffles.all(reader, rowCount: entry.rowCount))
      } catch {
        outcome = .failure(error)
        await task.releaseMemory(ByteCount(task.heldMemory))
      }
    }
    return outcome
  }

  private static func expectFailure(
    _ code: FlintError.Code, _ outcome: Result<[[UInt8]], any Error>,
    location: Testing.SourceLocation = #_sourceLocation
  ) {
    guard case .failure(let error) = outcome, let failure = error as? FetchFailure else {
      Issue.record("\(outcome) instead of a failed fetch", sourceLocation: location)
      return
    }
    #expect(failure.error.code == code, "\(failure)", sourceLocation: location)
    #expect(failure.shuffle == Shuffles.shuffle && failure.map == PartitionID(rawValue: 9), sourceLocation: location)
    #expect(failure.epoch == MapOutputEpoch(rawValue: 5), sourceLocation: location)
  }

  @Test("a byte that flips on the way costs one fetch more", arguments: [0, 5, 40, 79, 80, 700, 1499])
  func flipOnTheWay(byte: Int) async throws {
    let outcome = try await Self.read {
      HarmfulFetching($0.client, $0.budget, .flip(byte: byte), times: 1)
    }
    #expect(try outcome.get() == Self.expected(9, 1))
  }

  @Test("bytes that are damaged each time are the map task's loss")
  func damaged() async throws {
    Self.expectFailure(
      .corruptData, try await Self.read { HarmfulFetching($0.client, $0.budget, .flip(byte: 77)) })
  }

  @Test("a peer that cannot be reached is tried so often, and no more")
  func unreachable() async throws {
    var fetching: HarmfulFetching?
    let outcome = try await Self.read { node in
      fetching = HarmfulFetching(node.client, node.budget, .fail(.connectionLost))
      return fetching
    }
    Self.expectFailure(.connectionLost, outcome)
    #expect(fetching?.callCount == Self.limits.fetchAttempts)
    let again = try await Self.read {
      HarmfulFetching($0.client, $0.budget, .fail(.connectionLost), times: Self.limits.fetchAttempts - 1)
    }
    #expect(try again.get() == Self.expected(9, 1))
  }

  @Test("what is gone is not asked for again: memory, file, or the whole directory")
  func gone() async throws {
    for memory in [ByteCount.mebibytes(1), ByteCount(1)] {
      var fetching: HarmfulFetching?
      let outcome = try await Self.read(memory: memory, prepare: { try await $0.outputs.remove(Shuffles.shuffle) }) {
        node in
        fetching = HarmfulFetching(node.client, node.budget, .fail(.connectionLost), times: 0)
        return fetching
      }
      Self.expectFailure(.fileNotFound, outcome)
      #expect(fetching?.callCount == 1)
    }
  }

  @Test("a flipped byte of a file is found where it is, data, index and checksums alike")
  func flipOnDisk() async throws {
    for place in [0, 50, 96, 3000, 9000, -1, -20, -50, -70] {
      let outcome = try await Self.read(
        memory: ByteCount(1),
        prepare: { node in
          let id = BlockID.shuffleData(Shuffles.shuffle, map: node.task(9).attempt)
          let path = DiskStore.path(of: id, of: ApplicationID(rawValue: 7), in: node.work)
          let file = try await node.context.files.open(path, .update)
          let size = try await file.size()
          let offset = place < 0 ? size + Int64(place) : Int64(place)
          let byte = try await file.read(count: 1, at: offset)
          try await file.write([byte[0] ^ 1], at: offset)
          try await file.close()
        }, { $0.client })
      // What another partition's reader would meet is nothing to this one.
      if case .success(let blocks) = outcome {
        #expect(blocks == Self.expected(9, 1))
        #expect(place == 3000 || place == 9000, "byte \(place) was not missed")
      } else {
        Self.expectFailure(.corruptData, outcome)
      }
    }
  }

  @Test("an output that holds other rows than were told is lost, and a wrong sum over all is told")
  func rows() async throws {
    Self.expectFailure(.corruptData, try await Self.read(change: { $0.rowCount += 1 }) { $0.client })
    Self.expectFailure(.corruptData, try await Self.read(change: { $0.byteCount -= 1 }) { $0.client })
    Self.expectFailure(.invalidArgument, try await Self.read(change: { $0.byteCount += 3000 }) { $0.client })
    try await Shuffles.withNodes(1) { nodes, _ in
      let report = try await Shuffles.write(9, on: nodes[0], partitions: 2, blocks: 1, count: 10)
      let reader = try nodes[0].reader(
        [Shuffles.entry(report, 9, 1, on: nodes[0])], reduce: 1, task: nodes[0].task(1))
      let error = await #expect(throws: RowsLost.self) { _ = try await Shuffles.all(reader, rowCount: 7) }
      #expect(error?.written == 1 && error?.read == 7)
    }
  }

  @Test("another map task's block in the place of the wanted one is not taken for it")
  func swapped() async throws {
    let other = TaskAttempt(
      task: TaskID(stage: StageAttempt(stage: StageID(rawValue: 1), number: 0), partition: PartitionID(rawValue: 9)),
      number: 3)
    Self.expectFailure(.fileNotFound, try await Self.read(change: { $0.map = other }) { $0.client })
  }
}
