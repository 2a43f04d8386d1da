import FlintCore
import FlintLibuv
import FlintTransport
import Testing

@testable import FlintWire

/// Processes that hold the cluster's secret and are still no peers: of another cluster, build or role, or broken.
@Suite("Hostile nodes behind TLS")
struct HostileNodeTests {
  /// A driver's port with an honest executor, which goes on with its work whatever happens in `body`.
  private static func besideAnHonestPeer(
    limits: Limits = Limits(), _ body: (DriverPort) async throws -> Void
  ) async throws {
    let port = try await DriverPort(limits: limits)
    let honest = try Dialler(Dialler.introduction("honest"))
    let connection = try await honest.connect(port)
    let before = try await connection.request(.echo([1]))
    #expect(before == .echoed([1]))
    try await body(port)
    let after = try await connection.request(.echo([2]))
    #expect(after == .echoed([2]))
    #expect(port.admitted == ["honest"])
    #expect(port.messageCount == 2)
    await honest.shutdown()
    await port.shutdown()
  }

  @Test(
    "another cluster, another build, another role than proved, a role that is not served: each closed with its reason")
  func introductions() async throws {
    let cases: [(Introduction, PeerRole, String)] = [
      (Dialler.introduction("stray", cluster: "theirs"), .executor, "it belongs to the cluster theirs"),
      (Dialler.introduction("old", build: [2]), .executor, "it runs another build of the program"),
      (Dialler.introduction("liar"), .submitter, "it says that it is a executor, and proved to be a submitter"),
      (Dialler.introduction("lost", role: .worker), .worker, "a worker has no business here"),
    ]
    for (introduction, proved, reason) in cases {
      try await Self.besideAnHonestPeer { port in
        let stranger = try Dialler(introduction, proving: proved)
        let error = await #expect(throws: FlintError.self) { _ = try await stranger.connect(port) }
        #expect(error?.code == .connectionLost)
        try await eventually { !port.reasons.isEmpty }
        #expect(port.reasons == [reason])
        await stranger.shutdown()
      }
    }
  }

  @Test("the build counts between driver and executor only")
  func otherBuilds() async throws {
    let port = try await DriverPort()
    // The port serves executors only, and says so before it would compare builds.
    let worker = try Dialler(Dialler.introduction("worker", role: .worker, build: [9]), proving: .worker)
    await #expect(throws: FlintError.self) { _ = try await worker.connect(port) }
    try await eventually { port.reasons == ["a worker has no business here"] }
    await worker.shutdown()
    await port.shutdown()
  }

  @Test("who holds the secret and sends what is no handshake is closed, and no handler hears of it")
  func brokenFrames() async throws {
    var header = [UInt8]("FL".utf8) + [UInt8](repeating: 0, count: 30)
    header[2] = 99
    let cases: [([UInt8], String)] = [
      (header, "it sent what is no frame: version(99)"),
      (Array("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".utf8), "it sent what is no frame: notAFrame"),
      ([UInt8]("FL".utf8) + [1] + [UInt8](repeating: 7, count: 29), "it sent what is no frame: headerChecksum"),
    ]
    for (bytes, reason) in cases {
      try await Self.besideAnHonestPeer { port in
        let node = try SecuredNode("broken", .sharedSecret(SecuredNode.secret, role: .executor))
        let peer = try await GoodPeer.dial(port.endpoint, from: node)
        await #expect(throws: FlintError.self) { _ = try await peer.echo(bytes + [UInt8](repeating: 0, count: 5000)) }
        try await eventually { !port.reasons.isEmpty }
        #expect(port.reasons == [reason])
        await node.shutdown()
      }
    }
  }

  @Test("a first frame that claims to be longer than a handshake may be is closed before its body comes")
  func lengthLie() async throws {
    var frame = [UInt8](repeating: 0, count: 100)
    let header = FrameHeader(kind: .hello, message: 0, length: 16_000, sequence: 0, correlation: 0, bodyChecksum: 0)
    frame.withUnsafeMutableBytes { if let place = $0.baseAddress { header.store(at: place) } }
    let bytes = frame
    try await Self.besideAnHonestPeer { port in
      let node = try SecuredNode("liar", .sharedSecret(SecuredNode.secret, role: .executor))
      let peer = try await GoodPeer.dial(port.endpoint, from: node)
      await #expect(throws: FlintError.self) { _ = try await peer.echo(bytes) }
      try await eventually { !port.reasons.isEmpty }
      #expect(port.reasons == ["it sent what is no frame: tooLong(16000)"])
      await node.shutdown()
    }
  }

  @Test("who authenticates and then says nothing is closed after the deadline")
  func silent() async throws {
    var limits = Limits()
    limits.handshakeDeadline = .milliseconds(300)
    try await Self.besideAnHonestPeer(limits: limits) { port in
      let node = try SecuredNode("silent", .sharedSecret(SecuredNode.secret, role: .executor))
      let peer = try await GoodPeer.dial(port.endpoint, from: node)
      try await eventually { !port.reasons.isEmpty }
      #expect(port.reasons == ["it did not say who it is in time"])
      await peer.close()
      try await eventually { await port.openCount == 1 }
      await node.shutdown()
    }
  }
}
