internal import FlintCore

extension SeamContract {
  /// Slabs and files in a stream, and the mark at which a sender goes on.
  static let uncopied: [Check] = [
    Check(name: "slabs and files arrive in their place among the bytes") { contract in
      let budget = MemoryBudget(limit: .mebibytes(4))
      let slab = try Slab(count: 300_000, budget: budget)
      slab.bytes.copyBytes(from: contract.pattern(300_000, 7))
      let file = try await contract.file("block", contract.pattern(700_000, 3))
      try await contract.withStreams { near, far in
        var expected = contract.pattern(300_000, 7)[100..<250_000] + [1, 2, 3]
        await near.send(slab, range: 100..<250_000)
        await near.send([1, 2, 3])
        for range in [Int64(5)..<600_001, 0..<1, 9..<9] {
          await near.send(file, range: range)
          expected += contract.pattern(700_000, 3)[Int(range.lowerBound)..<Int(range.upperBound)] + [4]
          await near.send([4])
        }
        await near.send(slab, range: 0..<10)
        expected += contract.pattern(10, 7)
        await near.finish()
        try await contract.wait(for: "the end") { await far.ends == ["finished"] }
        let received = await far.received
        try contract.require(received == Array(expected), "got \(received.count) bytes, or others")
        let queued = await near.queuedByteCount
        try contract.require(queued == 0, "\(queued) bytes are still queued")
      }
      try await file.close()
    },
    Check(name: "a file that ends too early ends the stream for both sides") { contract in
      let file = try await contract.file("short", contract.pattern(10_000, 3))
      try await contract.withStreams { near, far in
        await near.send([1])
        await near.send(file, range: 5000..<20_000)
        await near.send([2])
        try await contract.wait(for: "the broken stream") { await !near.ends.isEmpty }
        try await contract.wait(for: "the loss") { await !far.ends.isEmpty }
        let (own, other) = (await near.ends, await far.ends)
        try contract.require(own == ["input-output"], "its own side saw \(own)")
        try contract.require(other == ["connection-lost"], "the peer saw \(other)")
      }
      try await file.close()
    },
    Check(name: "a queue is drained when it has sunk to its low-water mark") { contract in
      try await contract.withStreams { near, far in
        await near.setLowWaterMark(100_000)
        await far.pause()
        var sent = 0
        while await near.queuedByteCount <= 4_000_000 {
          await near.send(Array(repeating: 7, count: 65_536))
          sent += 65_536
        }
        await far.resume()
        try await contract.wait(for: "the drained queue") { await near.drainCount > 0 }
        let queued = await near.queuedAtDrain ?? 0
        try contract.require(queued <= 100_000, "\(queued) bytes were queued")
        try await contract.wait(for: "the rest") { await far.received.count == sent }
        let drains = await near.drainCount
        try contract.require(drains == 1, "one queue was drained \(drains) times")
      }
    },
    Check(name: "a stream knows what it knows of its peer") { contract in
      let path = contract.directory / "socket"
      let accepted = Witnessed<PeerIdentity>()
      let listener = try await contract.context.network.listen(at: .unix(path: path)) { stream in
        accepted.set(stream.peer)
        stream.abort()
      }
      let stream = try await contract.context.network.dial(
        .unix(path: path), deadline: contract.context.time.now.advanced(by: .seconds(20)))
      try await contract.wait(for: "the accepted stream") { accepted.value != nil }
      try contract.require(stream.peer == accepted.value, "two ends of one process differ")
      try contract.require(stream.peer != .unknown, "a Unix socket's peer is unknown")
      listener.close()
    },
  ]

  private func pattern(_ count: Int, _ step: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* step &+ $0 / 251) }
  }

  /// An open file with `bytes` in it.
  private func file(_ name: String, _ bytes: [UInt8]) async throws -> any OpenFile {
    let file = try await context.files.open(directory / name, .createNew)
    try await file.write(bytes, at: 0)
    return file
  }
}
