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

  /// Two pairs on one control loop with one loop of blocks, whose first call waits at a gate; and a file of the pattern.
  private func withPairs(_ body: (Gate, Pair, Pair, any OpenFile) async throws -> Void) async throws {
    try await Scratch.use { scratch in
      let file = try await scratch.files.open(scratch["block"], .createNew)
      try await file.write(Peer.sample, at: 0)
      let (loop, blockLoop) = (try EventLoop(), try EventLoop())
      let gate = Gate()
      let call = FileTransferCall { socket, file, offset, count in
        gate.waitBlocking()
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
