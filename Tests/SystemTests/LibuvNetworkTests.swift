import FlintCore
import FlintSystem
import Glibc
import FlintLibuv
import Synchronization
import Testing

@Suite("The network over libuv", .timeLimit(.minutes(1)))
struct LibuvNetworkTests {
  @Test("50 MB go out, come back and are right, over TCP and Unix sockets", arguments: ["tcp", "unix"])
  func echo(kind: String) async throws {
    try await Scratch.use { scratch in
      let endpoint = kind == "tcp" ? Endpoint.tcp(host: "127.0.0.1", port: 0) : .unix(path: scratch["socket"])
      try await Pair.use(at: endpoint, server: .echo) { pair in
        await pair.client.sendPattern(50_000_000)
        await pair.client.wait { !$0.ends.isEmpty }
        #expect(await pair.client.received == 50_000_000)
        #expect(await pair.client.isRight)
        #expect(await pair.client.ends == [.finished])
        #expect(await pair.server.ends == [.finished])
      }
      #expect(try await scratch.files.list(scratch.directory) == [])
    }
  }

  @Test("one byte at a time, both ways at once")
  func singleBytes() async throws {
    try await Pair.use { pair in
      for index in 0..<2_000 {
        await pair.client.send([UInt8(index % 251)])
        await pair.server.send([UInt8(index % 251)])
      }
      for peer in [pair.client, pair.server] {
        await peer.wait { $0.received == 2_000 }
        #expect(await peer.isRight)
      }
    }
  }

  @Test("a finished side still receives; the stream is over when both have finished")
  func halfClose() async throws {
    try await Pair.use { pair in
      await pair.client.finishSending()
      await pair.server.wait { $0.ends == [.finished] }
      await pair.server.sendPattern(5_000_000)
      await pair.client.wait { !$0.ends.isEmpty }
      #expect(await pair.client.received == 5_000_000)
      #expect(await pair.client.isRight)
      #expect(await pair.client.ends == [.finished])
      #expect(await pair.server.ends == [.finished])
    }
  }

  @Test("an abort is a failure at the other end, and silence at this one")
  func reset() async throws {
    try await Pair.use { pair in
      await pair.client.send([0])
      await pair.server.wait { $0.received == 1 }
      await pair.client.abort()
      await pair.server.wait { !$0.ends.isEmpty }
      #expect(await pair.server.ends == [.failed(.connectionLost)])
      #expect(await pair.client.ends == [])
      await pair.client.send([1])
      #expect(await pair.client.queued == 0)
    }
  }

  @Test("a peer that breaks is noticed by a paused side, and by one that only sends")
  func resetWhilePaused() async throws {
    try await Pair.use { pair in
      await pair.server.pause()
      await pair.client.abort()
      await pair.server.wait { !$0.ends.isEmpty }
      #expect(await pair.server.ends == [.failed(.connectionLost)])
    }
    try await Pair.use { pair in
      await pair.client.finishSending()
      await pair.server.wait { $0.ends == [.finished] }
      await pair.server.sendPattern(1 << 30)
      await pair.client.wait { $0.received > 1_000_000 }
      await pair.client.abort()
      await pair.server.wait { $0.ends.count == 2 }
      #expect(await pair.server.ends == [.finished, .failed(.connectionLost)])
    }
  }

  @Test("a stream that is let go without an end is aborted")
  func letGo() async throws {
    let loop = try EventLoop()
    let network = try LibuvNetwork(loop: loop, blocks: loop)
    let held = Held()
    let listener = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { held.stream = $0 }
    let client = await Peer(try network.dial(listener.endpoint, deadline: try soon()), .check, loop: loop)
    await client.start()
    #expect(await eventually { held.stream != nil })
    held.stream = nil
    await client.wait { !$0.ends.isEmpty }
    #expect(await client.ends == [.failed(.connectionLost)])
    listener.close()
    await loop.shutdown()
  }

  @Test("a pause stops the sender, and nothing is lost when it ends")
  func backPressure() async throws {
    try await Pair.use { pair in
      await pair.server.pause()
      await pair.client.sendPattern(60_000_000)
      // The buffers of the system fill up; then the sender's own queue stands still.
      var last = (queued: -1, received: -1)
      #expect(
        await eventually {
          let now = (queued: await pair.client.queued, received: await pair.server.received)
          defer { last = now }
          return now == last && now.queued > 0
        })
      #expect(await pair.server.received == 0)
      await pair.server.resume()
      await pair.server.wait { $0.ends == [.finished] }
      #expect(await pair.server.received == 60_000_000)
      #expect(await pair.server.isRight)
    }
  }

  @Test("refused ports and paths, taken addresses and unknown names say so")
  func addresses() async throws {
    let loop = try EventLoop()
    let network = try LibuvNetwork(loop: loop, blocks: loop)
    let listener = try await network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { _ in }
    let taken = listener.endpoint
    await expectError(.addressInUse) { _ = try await network.listen(at: taken) { _ in } }
    listener.close()
    listener.close()
    let refused = await expectError(.connectionRefused) { _ = try await network.dial(taken, deadline: try soon()) }
    #expect(refused?.what.contains("\(taken)") == true && refused?.remedy != nil)
    await expectError(.connectionRefused) {
      _ = try await network.dial(.unix(path: "/tmp/flint-no-such-socket"), deadline: try soon())
    }
    await expectError(.unreachable) {
      _ = try await network.dial(.tcp(host: "no-such-host.invalid", port: 1), deadline: try soon())
    }
    await loop.shutdown()
  }

  @Test("a dial that nobody answers ends at its deadline, or when it is cancelled")
  func dialDeadline() async throws {
    let loop = try EventLoop()
    let network = try LibuvNetwork(loop: loop, blocks: loop)
    let (deaf, endpoint) = try deafListener()
    defer { close(deaf) }
    // The queue of a listener that accepts nothing takes a few, and then answers no more.
    var streams: [any NetworkStream] = []
    let error = await expectError(.deadlineExceeded) {
      while streams.count < 100 {
        streams.append(
          try await network.dial(endpoint, deadline: try SystemTime().now.advanced(by: .milliseconds(200))))
      }
    }
    #expect(error?.what.contains("\(endpoint)") == true)
    let dialing = Task { _ = try await network.dial(endpoint, deadline: .distantFuture) }
    dialing.cancel()
    await #expect(throws: CancellationError.self) { try await dialing.value }
    streams = []
    await loop.shutdown()
  }

  @Test("after streams, listeners and loop have ended no descriptor and no thread is left")
  func endsEmpty() async throws {
    await #expect(processExitsWith: .success) {
      try await Pair.use { _ in }
      let before = OpenDescriptors.count
      for _ in 0..<20 {
        try await Pair.use { pair in
          await pair.client.send([0])
          await pair.server.wait { $0.received == 1 }
        }
      }
      #expect(
        await eventually { OpenDescriptors.count <= before + OpenDescriptors.runtimeAllowance },
        "\(OpenDescriptors.targets)")
      #expect(await eventually { !OpenDescriptors.threadNames.contains("flint-loop") })
    }
  }

  @Test("a node's context is put together from real parts, and its actors live on the loop")
  func nodeContext() async throws {
    let loop = try EventLoop()
    let tasks = try TaskThreads(count: 2)
    let context = try NodeContext.system(
      name: "node", network: try LibuvNetwork(loop: loop, blocks: loop), control: loop, tasks: tasks,
      logHandler: NoLog())
    #expect(context.executors.taskThreadCount == 2)
    #expect(await Resident(context: context).isAtHome(loop))
    #expect(try await context.files.status(of: "/")?.kind == .directory)
    #expect(context.randomness.next() != context.randomness.next())
    let child = try await context.processes.launch(ProcessCommand("/bin/true"))
    #expect(try await child.exit() == .exited(0))
    await tasks.shutdown()
    await loop.shutdown()
  }
}

/// Keeps a stream alive.
private final class Held: Sendable {
  private let held = Mutex<(any NetworkStream)?>(nil)

  var stream: (any NetworkStream)? {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}

private actor Resident {
  nonisolated let context: NodeContext
  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  init(context: NodeContext) { self.context = context }

  func isAtHome(_ loop: EventLoop) -> Bool { loop.isIsolatingCurrentContext() == true }
}

private struct NoLog: LogHandler {
  func log(_ event: LogEvent) {}
}

/// A listener with the shortest queue, which accepts nobody.
private func deafListener() throws -> (CInt, Endpoint) {
  let number = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout.size(ofValue: address))
  let isListening = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(number, $0, length) == 0 && listen(number, 0) == 0 && getsockname(number, $0, &length) == 0
    }
  }
  try #require(isListening)
  return (number, .tcp(host: "127.0.0.1", port: UInt16(bigEndian: address.sin_port)))
}
