import FlintCore
import FlintSupervisor
import FlintTransport
import FlintWire
import Synchronization

/// Somebody who has no business at the sockets of an application, or less than he claims.
struct Intruder: Sendable {
  let arena: Arena

  /// A receiver that notes how its stream ended.
  private final class Ear: StreamReceiver {
    private let state = Mutex((count: 0, isOver: false))

    var isOver: Bool { state.withLock { $0.isOver } }

    func streamReceived(_ bytes: UnsafeRawBufferPointer) {
      let count = bytes.count
      state.withLock { $0.count += count }
    }
    func streamDrained() {}
    func streamEnded(_ end: StreamEnd) { state.withLock { $0.isOver = true } }
  }

  /// The sockets of the one application that runs.
  func sockets() async throws -> [Endpoint] {
    let found = try await arena.shell("find nodes -name '*.sock' | sort")
    return found.split(separator: "\n").map { .unix(path: arena.folder / String($0)) }
  }

  // MARK: Without a word that is understood

  /// Sends `bytes` to every socket, and demands that each ends the connection. Empty ones are silence.
  func send(_ bytes: [UInt8], _ what: String, connections: Int = 1) async throws {
    var ears: [Ear] = []
    var streams: [any NetworkStream] = []
    for socket in try await sockets() {
      for _ in 0..<connections {
        let deadline = arena.context.time.now.advanced(by: .seconds(5))
        let stream = try await arena.context.network.dial(socket, deadline: deadline)
        let ear = Ear()
        streams.append(stream)
        ears.append(ear)
        await Self.begin(stream, ear, bytes, arena.context)
      }
    }
    try await arena.wait("strangers who say \(what) are shown out", within: .seconds(20)) {
      ears.allSatisfy(\.isOver)
    }
    arena.fired("\(ears.count) × \(what)")
  }

  private static func begin(
    _ stream: any NetworkStream, _ ear: Ear, _ bytes: [UInt8], _ context: NodeContext
  ) async {
    let task = Task(executorPreference: context.executors.control) {
      stream.start(ear)
      if !bytes.isEmpty { stream.send(bytes) }
    }
    await task.value
  }

  /// The bytes of a whole frame.
  static func frame(_ kind: FrameKind, message: UInt16 = 0, sequence: UInt32 = 0, _ body: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    body.withUnsafeBytes { writer.putFrame(kind, message: message, correlation: 1, sequence: sequence, body: $0) }
    return writer.bytes
  }

  /// A hello that says `introduction`.
  static func hello(_ introduction: Introduction) -> [UInt8] {
    var writer = WireWriter()
    introduction.write(to: &writer)
    return frame(.hello, writer.bytes)
  }

  // MARK: In another one's name

  /// Whose nodes these are: what members say as their cluster.
  func cluster() async throws -> String {
    let found = try await arena.shell("find nodes -name 'application.*' -type d | head -n 1")
    let number = found.split(separator: "/").last?.dropFirst("application.".count).filter(\.isNumber) ?? ""
    guard let number = UInt64(number) else { throw FlintError(.corruptData, "no application in \(found)") }
    return "\(ApplicationID(rawValue: number))"
  }

  /// The identifier of a program's build, as its processes say it.
  func build(of program: FilePath) async throws -> [UInt8] {
    let id = try await arena.shell("readelf -n \"$1\" | sed -n 's/.*Build ID: *//p'", [program.string])
    return Array(id.utf8.filter { $0 > 32 }.prefix(Introduction.buildLimit))
  }

  /// Connects to `socket` with a hello like a member's.
  func connect(
    as executor: ExecutorIncarnation, to socket: Endpoint, expecting role: PeerRole,
    channel: Introduction.Channel = .control, cluster: String, build: [UInt8]
  ) async throws -> Connection {
    let transport = Transport(
      context: arena.context,
      local: Introduction(
        cluster: cluster, role: .executor, name: "an intruder", incarnation: arena.context.randomness.next(),
        executor: executor, build: build),
      admission: Admission(localUsers: [0], believesStrangers: true))
    return try await transport.connect(to: socket, expecting: role, channel: channel) { _, _ in
      ConnectionHandler { _, _, _ in }
    }
  }
}
