import FlintCore
import FlintStorage
import Testing

/// The store on this machine's disk. What disks do wrong is the matter of the simulated jobs `blocks` and `block-faults`.
@Suite("Blocks on disk")
struct DiskStoreTests {
  private static func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  @Test("a block of any size comes back, whole and in parts", arguments: BlockDurability.allCases)
  func roundTrip(durability: BlockDurability) async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store()
      for size in [0, 1, 65_535, 65_536, 65_537, 200_000] {
        let (id, bytes) = (Names.cached(1, UInt64(size)), Self.pattern(size))
        try await store.write(id, bytes, durability: durability)
        #expect(try await store.read(id) == bytes)
        let block = try await store.open(id)
        #expect(block.length == Int64(size))
        for start in [0, 1, 65_535, 65_536, 70_000] where start <= size {
          for end in [start, start + 1, 65_536, 131_073, size] where (start...size).contains(end) {
            let part = try await block.read(Int64(start)..<Int64(end))
            #expect(part.elementsEqual(bytes[start..<end]), "\(start)..<\(end) of \(size)")
          }
        }
        try await block.close()
      }
    }
  }

  @Test("a scratch file whose maker is cancelled has no name either", .timeLimit(.minutes(1)))
  func cancelledScratchFiles() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store()
      var outcomes: Set<Bool> = []
      for turn in 0..<2000 {
        let maker = Task { try await store.makeScratchFile() }
        for _ in 0..<turn % 40 { await Task.yield() }
        maker.cancel()
        do {
          try await maker.value.close()
          outcomes.insert(true)
        } catch is CancellationError { outcomes.insert(false) }
      }
      #expect(outcomes.count == 2, "a maker is cancelled too late, or too early")
      #expect(try await scratch.context.files.list(store.directory) == [])
    }
  }

  @Test("every kind of block has a file of its own, which tells whose it is")
  func kinds() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store()
      for (index, id) in Names.oneOfEach.enumerated() { try await store.write(id, [UInt8(index)]) }
      try await scratch.put([1], store.directory / "cached.03.7")
      try await scratch.put([1], store.directory / "notes.txt")
      try await scratch.put([1], store.directory / "cached.3.7.1")
      #expect(Set(try await store.blocks()) == Set(Names.oneOfEach))
      for (index, id) in Names.oneOfEach.enumerated() { #expect(try await store.read(id) == [UInt8(index)]) }
      #expect(try await store.remove(Names.oneOfEach[0]))
      #expect(try await store.remove(Names.oneOfEach[0]) == false)
      await expectError(.fileNotFound) { _ = try await store.read(Names.oneOfEach[0]) }
    }
  }

  @Test("the bytes of a file stay what they are")
  func format() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store(258)
      let id = Names.oneOfEach[2]
      try await store.write(id, Array("123456789".utf8))
      let bytes = try await scratch.bytes(scratch.path(of: id, 258))
      func number(_ value: UInt8, _ count: Int = 8) -> [UInt8] { [value] + [UInt8](repeating: 0, count: count - 1) }
      #expect(Array(bytes[0..<4]) == Array("FBF1".utf8))
      #expect(Array(bytes[8..<12]) == [1, 3, 0, 0])
      #expect(Array(bytes[16..<32]) == number(9) + [2, 1, 0, 0, 0, 0, 0, 0])
      #expect(Array(bytes[32..<80]) == number(4) + number(1) + number(2) + number(5) + number(1) + number(0))
      #expect(Array(bytes[80..<96]) == [UInt8](repeating: 0, count: 16))
      // The check value of CRC-32C, little-endian.
      #expect(Array(bytes[96...]) == Array("123456789".utf8) + [0x83, 0x92, 0x06, 0xE3])
    }
  }

  @Test("a file with any bit flipped, cut anywhere, or with a tail is refused")
  func damage() async throws {
    try await Scratch.use { scratch in
      let (store, id) = (try await scratch.store(), Names.cached(3, 7))
      try await store.write(id, Self.pattern(40))
      let path = scratch.path(of: id)
      let sound = try await scratch.bytes(path)
      for bit in 0..<8 * sound.count {
        var damaged = sound
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        try await scratch.put(damaged, path)
        let error = await expectError(.corruptData) { _ = try await store.read(id) }
        #expect(error?.why?.hasPrefix("\(path): ") ?? false, "bit \(bit)")
      }
      for count in sound.indices {
        try await scratch.put(Array(sound[..<count]), path)
        await expectError(.corruptData) { _ = try await store.read(id) }
      }
      try await scratch.put(sound + [0], path)
      await expectError(.corruptData) { _ = try await store.read(id) }
      try await scratch.put(sound, path)
      #expect(try await store.read(id) == Self.pattern(40))
    }
  }

  @Test("damage in one chunk spoils the reads that touch it, and no others")
  func damagedChunk() async throws {
    try await Scratch.use { scratch in
      let (store, id) = (try await scratch.store(), Names.cached(3, 7))
      try await store.write(id, Self.pattern(200_000))
      var bytes = try await scratch.bytes(scratch.path(of: id))
      bytes[96 + 70_000] ^= 1
      try await scratch.put(bytes, scratch.path(of: id))
      let block = try await store.open(id)
      #expect(try await block.read(0..<65_536) == Array(Self.pattern(200_000)[..<65_536]))
      #expect(try await block.read(131_072..<131_073) == [Self.pattern(200_000)[131_072]])
      let error = await expectError(.corruptData) { _ = try await block.read(65_535..<65_537) }
      #expect(error?.why?.contains("from byte 65536 on") ?? false)
      try await block.close()
    }
  }

  @Test("a sound file in another block's place, or another application's, is refused by name")
  func misdirected() async throws {
    try await Scratch.use { scratch in
      let (store, other) = (try await scratch.store(), try await scratch.store(8))
      let (first, second) = (Names.cached(1, 1), Names.cached(1, 2))
      try await store.write(first, [1])
      try await store.write(second, [2])
      try await other.write(first, [3])
      try await scratch.context.files.exchange(scratch.path(of: first), with: scratch.path(of: second))
      let error = await expectError(.corruptData) { _ = try await store.read(first) }
      #expect(error?.why?.hasSuffix("it is that of \(second)") ?? false)
      try await scratch.context.files.rename(scratch.path(of: first, 8), to: scratch.path(of: first))
      let foreign = await expectError(.corruptData) { _ = try await store.read(first) }
      #expect(foreign?.why?.hasSuffix("it is one of application 8") ?? false)
    }
  }

  @Test("a block does not exist before its writer has finished, and never when it gives up")
  func writers() async throws {
    try await Scratch.use { scratch in
      let (store, id) = (try await scratch.store(), Names.cached(1, 1))
      let writer = try await store.writer(for: id)
      for piece in 0..<10 { try await writer.append([UInt8](repeating: UInt8(piece), count: 20_000)) }
      await expectError(.fileNotFound) { _ = try await store.read(id) }
      #expect(try await store.blocks().isEmpty)
      try await writer.finish()
      #expect(try await store.read(id) == (0..<10).flatMap { [UInt8](repeating: $0, count: 20_000) })
      let second = try await store.writer(for: id)
      try await second.append([1])
      await second.abandon()
      #expect(try await store.read(id).count == 200_000)
      #expect(try await scratch.context.files.list(store.directory).count == 1)
    }
  }

  @Test("two writers of one block do not meet: the last to finish wins, whole")
  func twoWriters() async throws {
    try await Scratch.use { scratch in
      let (store, id) = (try await scratch.store(), Names.cached(1, 1))
      let (first, second) = (try await store.writer(for: id), try await store.writer(for: id))
      try await first.append([UInt8](repeating: 1, count: 100))
      try await second.append([UInt8](repeating: 2, count: 50))
      try await second.finish()
      let early = try await store.open(id)
      try await first.finish()
      #expect(try await store.read(id) == [UInt8](repeating: 1, count: 100))
      #expect(try await early.read(0..<50) == [UInt8](repeating: 2, count: 50), "an open block stays what it was")
      try await early.close()
    }
  }

  @Test("what dead writers left is removed, and nothing else")
  func unfinished() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store()
      try await store.write(Names.cached(1, 1), [1])
      try await store.writer(for: Names.cached(1, 2)).append([2])
      #expect(try await scratch.context.files.list(store.directory).count == 2)
      try await store.removeUnfinished()
      #expect(try await scratch.context.files.list(store.directory) == ["cached.1.1"])
    }
  }
}
