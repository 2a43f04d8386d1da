import FlintCore
import FlintLibuv
import FlintSystem
import Glibc
import Testing

@Suite("Files sent over the network", .timeLimit(.minutes(1)))
struct FileSendingTests {
  @Test("a disk that stands still holds up its own stream, and no heartbeat of another")
  func slowDisk() async throws {
    try await withPairs { gate, blocks, beats, file in
      await blocks.client.send([0])
      await blocks.client.sendFile(file, 0..<Int64(Peer.sample.count))
      #expect(await eventually { gate.arrivals == 1 })
      // The disk is being waited for; the control loop goes on as ever.
      for index in 1...1_000 {
        await beats.client.sendMany(count: 1, size: 1)
        await beats.client.wait { $0.received == index }
      }
      #expect(await blocks.server.received <= 1)
      #expect(await blocks.client.queued == Peer.sample.count)
      gate.open()
      await blocks.server.wait { $0.received == 1 + Peer.sample.count }
    }
  }

  @Test("what is in memory leaves while the disk stands still, and what is not follows in its place")
  func partlyInMemory() async throws {
    // The first of three pieces is in memory.
    let warm = Int64(Peer.sample.count)
    try await withPairs(isInMemory: { $0 < warm }) { gate, blocks, beats, file in
      try await file.write(Peer.sample, at: warm)
      try await file.write(Peer.sample, at: 2 * warm)
      await blocks.client.sendFile(file, 0..<3 * warm)
      await blocks.client.send([0])
      #expect(await eventually { gate.arrivals == 1 })
      await blocks.server.wait { $0.received == Int(warm) }
      await beats.client.sendMany(count: 1, size: 1)
      await beats.client.wait { $0.received == 1 }
      #expect(await blocks.client.queued == 2 * Int(warm) + 1)
      gate.open()
      await blocks.server.wait { $0.received == 3 * Int(warm) + 1 }
      #expect(await blocks.client.queued == 0)
    }
  }

  @Test("what was written is in memory; a hole that nobody has read is not, nor is what is no file")
  func probe() async throws {
    try await Scratch.use { scratch in
      let path = scratch["probed"]
      let file = try await scratch.files.open(path, .createNew)
      try await file.write(pattern(300_000), at: 0)
      try await file.write([1], at: 2_000_000)
      let probe = FileTransferCall.system.isInMemory
      let descriptor = open(path.string, O_RDONLY)
      defer { close(descriptor) }
      #expect(probe(descriptor, 0, 300_000))
      #expect(probe(descriptor, 123_457, 100_001))
      #expect(!probe(descriptor, 1_000_000, 5_000))
      #expect(!probe(descriptor, 200_000, 1 << 20))
      // Past the file's end.
      #expect(!probe(descriptor, 3_000_000, 1))
      #expect(!probe(descriptor, 0, 2 << 20))
      let zeros = open("/dev/zero", O_RDONLY)
      defer { close(zeros) }
      #expect(!probe(zeros, 0, 4096))
      try await file.close()
    }
  }

  @Test("a stream is aborted while its disk stands still, and its file is given back")
  func abortWhileWaiting() async throws {
    try await withPairs { gate, blocks, _, file in
      await blocks.client.sendFile(file, 0..<Int64(Peer.sample.count))
      #expect(await eventually { gate.arrivals == 1 })
      await blocks.client.abort()
      gate.open()
      await blocks.server.wait { !$0.ends.isEmpty }
      #expect(await blocks.server.ends == [.failed(.connectionLost)])
      // It returns only when nobody has the descriptor any more.
      try await file.close()
    }
  }

  @Test("a peer that breaks in the middle of a file is a lost connection, not a broken file")
  func lostPeer() async throws {
    try await withPairs { gate, blocks, _, file in
      gate.open()
      await blocks.server.pause()
      for _ in 0..<64 { await blocks.client.sendFile(file, 0..<Int64(Peer.sample.count)) }
      await blocks.server.abort()
      await blocks.client.wait { !$0.ends.isEmpty }
      #expect(await blocks.client.ends == [.failed(.connectionLost)])
      try await file.close()
    }
  }

  @Test("100 MB of files and bytes in turn arrive in order")
  func manyFiles() async throws {
    try await withPairs { gate, blocks, _, file in
      gate.open()
      let length = Int64(Peer.period * 4_000)
      for _ in 0..<100 {
        await blocks.client.sendFile(file, 0..<length)
        await blocks.client.sendMany(count: 1, size: Peer.period)
      }
      await blocks.client.finishSending()
      await blocks.server.wait { !$0.ends.isEmpty }
      #expect(await blocks.server.received == 100 * (Int(length) + Peer.period))
      #expect(await blocks.server.isRight)
      #expect(await blocks.client.queued == 0)
    }
  }

  /// Two pairs on one control loop with one loop of blocks, and a file of the pattern. Calls for what is not in memory, by
  /// their place in the file, wait at a gate.
  private func withPairs(
    isInMemory: @escaping @Sendable (Int64) -> Bool = { _ in false },
    _ body: (Gate, Pair, Pair, any OpenFile) async throws -> Void
  ) async throws {
    try await Scratch.use { scratch in
      let file = try await scratch.files.open(scratch["block"], .createNew)
      try await file.write(Peer.sample, at: 0)
      let (loop, blockLoop) = (try EventLoop(), try EventLoop())
      let gate = Gate()
      let call = FileTransferCall { _, offset, _ in
        isInMemory(offset)
      } _: { socket, file, offset, count in
        if !isInMemory(offset) { gate.waitBlocking() }
        return FileTransferCall.system.body(socket, file, &offset, count)
      }
      let network = try LibuvNetwork(loop: loop, blocks: blockLoop, fileTransfer: call)
      let outcome: Result<Void, any Error>
      do {
        try await Pair.use(network, on: loop) { blocks in
          try await Pair.use(network, on: loop, server: .echo) { beats in
            try await body(gate, blocks, beats, file)
          }
        }
        outcome = .success(())
      } catch {
        outcome = .failure(error)
      }
      gate.open()
      await loop.shutdown()
      await blockLoop.shutdown()
      try await file.close()
      try outcome.get()
    }
  }
}
