internal import FlintCore
internal import Synchronization

extension SeamContract {
  static let streams: [Check] = [
    Check(name: "a stream carries every byte in order, both ways") { contract in
      try await contract.withStreams(echoing: true) { near, _ in
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ $0 / 251) }
        for start in stride(from: 0, to: bytes.count, by: 7_001) {
          await near.send(Array(bytes[start..<min(start + 7_001, bytes.count)]))
        }
        await near.finish()
        try await contract.wait(for: "the echo's end") { await !near.ends.isEmpty }
        let (received, ends) = (await near.received, await near.ends)
        try contract.require(received == bytes, "got \(received.count) bytes, or others")
        try contract.require(ends == ["finished"], "ended with \(ends)")
      }
    },
    Check(name: "one who finished sending still receives") { contract in
      try await contract.withStreams { near, far in
        await near.send([1])
        await near.finish()
        try await contract.wait(for: "the end of sending") { await far.ends == ["finished"] }
        await far.send([2, 3])
        await far.finish()
        try await contract.wait(for: "the other end") { await near.ends == ["finished"] }
        let (there, back) = (await far.received, await near.received)
        try contract.require(there == [1] && back == [2, 3], "received \(there) and \(back)")
      }
    },
    Check(name: "an aborted stream is lost to its peer, and silent at home") { contract in
      try await contract.withStreams { near, far in
        await near.abort()
        await near.send([1])
        try await contract.wait(for: "the loss") { await !far.ends.isEmpty }
        let (ends, own) = (await far.ends, await near.ends)
        try contract.require(ends == ["connection-lost"], "the peer saw \(ends)")
        try contract.require(own.isEmpty, "the aborting side saw \(own)")
      }
    },
    Check(name: "a stream may fail after its peer has finished sending") { contract in
      try await contract.withStreams { near, far in
        await near.finish()
        try await contract.wait(for: "the end of sending") { await far.ends == ["finished"] }
        await near.abort()
        try await contract.wait(for: "the loss") { await far.ends.count == 2 }
        let ends = await far.ends
        try contract.require(ends == ["finished", "connection-lost"], "the ends are \(ends)")
      }
    },
    Check(name: "an aborted stream has thrown its queue away") { contract in
      try await contract.withStreams { near, far in
        await far.pause()
        while await near.queuedByteCount == 0 { await near.send(Array(repeating: 7, count: 65_536)) }
        await near.abort()
        let queued = await near.queuedByteCount
        try contract.require(queued == 0, "\(queued) bytes are still queued")
        await far.resume()
        try await contract.wait(for: "the loss") { await far.ends == ["connection-lost"] }
      }
    },
    Check(name: "a pause holds back bytes and end alike") { contract in
      try await contract.withStreams(echoing: true) { near, far in
        await near.pause()
        await near.send(Array("hold".utf8))
        await near.finish()
        try await contract.wait(for: "the echo's start") { await far.received.count == 4 }
        // The echo is on its way or here; nothing of it may show.
        try await contract.context.time.sleep(for: .milliseconds(20))
        let early = await near.received
        try contract.require(early.isEmpty, "received \(early.count) bytes in a pause")
        await near.resume()
        try await contract.wait(for: "the end") { await near.ends == ["finished"] }
        let late = await near.received
        try contract.require(late == Array("hold".utf8), "received \(late)")
      }
    },
    Check(name: "a full queue says when it is empty") { contract in
      try await contract.withStreams { near, far in
        await far.pause()
        var (sent, drains) = (0, 0)
        while await near.queuedByteCount == 0 {
          drains = await near.drainCount
          await near.send(Array(repeating: 7, count: 65_536))
          sent += 65_536
          try contract.require(sent < 1 << 28, "256 MiB fit into a paused stream")
        }
        await far.resume()
        try await contract.wait(for: "the drained queue") { [drains] in await near.drainCount > drains }
        let queued = await near.queuedByteCount
        try contract.require(queued == 0, "\(queued) bytes are still queued")
        await near.finish()
        try await contract.wait(for: "the end") { await far.ends == ["finished"] }
        let received = await far.received.count
        try contract.require(received == sent, "received \(received) of \(sent) bytes")
      }
    },
  ]

  /// Two ends of a stream, the dialling one first; both are aborted afterwards.
  func withStreams(
    echoing: Bool = false, _ body: (StreamWitness, StreamWitness) async throws -> Void
  ) async throws {
    let context = context
    let accepted = Mutex<StreamWitness?>(nil)
    let listener = try await context.network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { stream in
      let witness = StreamWitness(stream, context: context, echoes: echoing)
      witness.assumeIsolated { $0.start() }
      accepted.withLock { $0 = witness }
    }
    let stream = try await context.network.dial(
      listener.endpoint, deadline: context.time.now.advanced(by: .seconds(20)))
    let near = StreamWitness(stream, context: context)
    await near.start()
    try await wait(for: "the accepted stream") { accepted.withLock { $0 != nil } }
    guard let far = accepted.withLock({ $0 }) else { return }
    do {
      try await body(near, far)
    } catch {
      listener.close()
      throw error
    }
    listener.close()
    await near.abort()
    await far.abort()
  }
}
