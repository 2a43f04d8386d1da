import FlintCore
import FlintSupervisor
import FlintTransport
import FlintWire

extension ProcessScenario {
  static let strangers = [
    ProcessScenario("noise", [47], "strangers send noise and lies to every socket: they are shown out, the job runs") {
      arena in
      let sums = try await arena.sumsBetweenStages()
      let intruder = Intruder(arena: arena)
      let cluster = try await intruder.cluster()
      let stranger = Introduction(cluster: "elsewhere", role: .observer, name: "a stranger", incarnation: 1)
      var long = Intruder.frame(.hello, [])
      long.replaceSubrange(8..<12, with: [255, 255, 255, 255])
      let attacks: [(String, [UInt8])] = [
        ("zeros", [UInt8](repeating: 0, count: 5000)),
        ("HTTP", Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8) + [UInt8](repeating: 10, count: 64)),
        ("a length of 4 GB", long + [UInt8](repeating: 1, count: 5000)),
        ("an empty hello", Intruder.frame(.hello, [])),
        ("a request before a hello", Intruder.frame(.request, message: 20, [1, 2, 3])),
        ("an unknown kind", Intruder.frame(.hello, [UInt8](repeating: 9, count: 100))),
        ("a hello of another cluster", Intruder.hello(stranger)),
        (
          "a hello as an executor of another build",
          Intruder.hello(
            Introduction(
              cluster: cluster, role: .executor, name: "a stranger", incarnation: 1,
              executor: ExecutorIncarnation(executor: ExecutorID(rawValue: 0), number: 0), build: [1]))
        ),
      ]
      for (what, bytes) in attacks { try await intruder.send(bytes, what) }
      try await arena.succeed(sums)
    },
    ProcessScenario("crowd", [29, 47], "a thousand strangers say nothing at all: they are shown out, the job runs") {
      arena in
      let sums = try await arena.sumsBetweenStages()
      try await Intruder(arena: arena).send([], "silence", connections: 200)
      try await arena.succeed(sums)
    },
    ProcessScenario(
      "over-reaching", [48], "a process of the same user claims to be an executor and asks for more than is its own"
    ) { arena in
      let sums = try await arena.sumsBetweenStages()
      let intruder = Intruder(arena: arena)
      let (cluster, build) = (try await intruder.cluster(), try await intruder.build(of: arena.program("job-probe")))
      let (stranger, honest) = (life(of: 9), life(of: 0))
      let sockets = try await intruder.sockets()
      guard let door = sockets.first(where: { $0.description.hasSuffix("driver.sock") }),
        let node = sockets.first(where: { $0.description.hasSuffix("n0.sock") })
      else { throw FlintError(.fileNotFound, "the sockets are \(sockets)") }
      // In the name of another executor: that connection ends, the other executor does not.
      let liar = try await intruder.connect(
        as: stranger, to: door, expecting: .driver, cluster: cluster, build: build)
      try await liar.send(.reportExecutor(ExecutorReport(executor: honest, number: 99, running: [], memoryUsed: 0)))
      try await arena.wait("the liar's connection ends") { await !liar.isOpen }
      arena.fired("it spoke for another executor")
      // For blocks that nobody has: an error, and nothing else.
      let reader = try await intruder.connect(
        as: stranger, to: node, expecting: .worker, channel: .blocks, cluster: cluster, build: build)
      let attempt = TaskAttempt(
        task: TaskID(
          stage: StageAttempt(stage: StageID(rawValue: .max), number: 7), partition: PartitionID(rawValue: .max)),
        number: 9)
      for length in [1, UInt64(Int32.max)] {
        do {
          _ = try await reader.fetch(
            BlockRequest(block: .shuffleData(ShuffleID(rawValue: .max), map: attempt), offset: 0, length: length),
            into: MemoryBudget(limit: .mebibytes(1)))
          arena.require(false, .answer, "a block that does not exist has bytes")
        } catch {
          arena.fired("it asked for \(length) bytes of no block")
        }
      }
      await reader.close()
      try await arena.succeed(sums)
    },
  ]

  private static func life(of executor: UInt64) -> ExecutorIncarnation {
    ExecutorIncarnation(executor: ExecutorID(rawValue: executor), number: 0)
  }
}
