import FlintCore
import FlintLibuv
import HeldMemory
import Testing

/// Outside programs misbehave on a live port, while an honest peer goes on with its work beside them.
@Suite("Hostile peers on a live port")
struct HostilePeerTests {
  /// A port that only executors may come to, with an honest one that is connected.
  private struct Scene {
    let node: SecuredNode
    let port: EchoPort
    let honest: GoodPeer

    static func play(
      _ security: TransportSecurity, limits: Limits = Limits(), _ body: (Scene) async throws -> Void
    ) async throws {
      let node = try SecuredNode("port", security, limits: limits, clients: [.executor])
      let port = try await EchoPort(on: node)
      let honest = try await GoodPeer.dial(port.endpoint, from: node)
      try await body(Scene(node: node, port: port, honest: honest))
      #expect(try await honest.echo(Array("still here".utf8)) == Array("still here".utf8))
      await honest.close()
      port.close()
      await node.shutdown()
    }

    /// The log has exactly this refusal, and nobody but honest peers came in.
    func expectRefusal(
      _ reason: TLSRefusal, admitted: Int = 1, _ location: Testing.SourceLocation = #_sourceLocation
    ) async throws {
      try await eventually { !node.reasons.isEmpty }
      #expect(node.reasons == [reason.rawValue], sourceLocation: location)
      #expect(port.admitted.count == admitted, sourceLocation: location)
      #expect(try await honest.echo([1, 2, 3]) == [1, 2, 3], sourceLocation: location)
    }
  }

  private static let secret = TransportSecurity.sharedSecret(SecuredNode.secret, role: .executor)

  @Test(
    "what does not speak TLS 1.3 is closed with its reason",
    arguments: [
      ("plaintext", TLSRefusal.notTLS), ("noise", .notTLS), ("long-record", .notTLS),
      ("long-greeting", .handshakeTooLong), ("reset", .cutOff),
    ])
  func strangeBytes(scenario: String, reason: TLSRefusal) async throws {
    try await Scene.play(Self.secret) { scene in
      #expect(try await HostilePeer.run(scenario, scene.port.port) == "closed")
      try await scene.expectRefusal(reason)
    }
  }

  @Test("empty records without end are closed, too")
  func emptyRecords() async throws {
    try await Scene.play(Self.secret) { scene in
      #expect(try await HostilePeer.run("empty-records", scene.port.port) == "closed")
      try await eventually { !scene.node.reasons.isEmpty }
      #expect(scene.node.reasons.count == 1)
      #expect(scene.port.admitted.count == 1)
    }
  }

  @Test("who says nothing, or half of what it should, is closed after the deadline", arguments: ["stall", "half"])
  func stalled(scenario: String) async throws {
    var limits = Limits()
    limits.handshakeDeadline = .milliseconds(300)
    try await Scene.play(Self.secret, limits: limits) { scene in
      #expect(try await HostilePeer.run(scenario, scene.port.port) == "closed")
      try await scene.expectRefusal(.handshakeStalled)
    }
  }

  @Test("an older version of TLS is refused, and no secret and a wrong one are told apart")
  func wrongSecret() async throws {
    let cases: [([String], TLSRefusal)] = [
      (["-tls1_2"], .wrongVersion), (["-tls1_3"], .noSecret),
      (["-tls1_3", "-psk", "00112233445566778899aabbccddeeff", "-psk_identity", "flint:executor"], .wrongSecret),
      (["-tls1_3", "-psk", "00112233445566778899aabbccddeeff", "-psk_identity", "flint:king"], .unknownIdentity),
      (["-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"], .nothingInCommon),
    ]
    for (arguments, reason) in cases {
      try await Scene.play(Self.secret) { scene in
        #expect(try await HostilePeer.sslClient(scene.port.port, arguments) == "")
        try await scene.expectRefusal(reason)
      }
    }
  }

  @Test("openssl's own client comes in with the right key, by the role that the key is for, and with no other role")
  func rightSecret() async throws {
    try await Scene.play(Self.secret) { scene in
      let key = try await Self.key(for: "executor")
      let client = ["-tls1_3", "-psk", key, "-psk_identity"]
      #expect(
        try await HostilePeer.sslClient(scene.port.port, client + ["flint:executor"], sending: "hello\n") == "hello\n")
      #expect(scene.port.admitted == [.sharedSecret(role: .executor), .sharedSecret(role: .executor)])
      // The key of one role is none of another.
      #expect(try await HostilePeer.sslClient(scene.port.port, client + ["flint:driver"]) == "")
      try await scene.expectRefusal(.wrongSecret, admitted: 2)
    }
    try await Scene.play(Self.secret) { scene in
      let driver = ["-tls1_3", "-psk", try await Self.key(for: "driver"), "-psk_identity", "flint:driver"]
      _ = try await HostilePeer.sslClient(scene.port.port, driver)
      try await scene.expectRefusal(.wrongRole)
    }
  }

  @Test("certificates: none, self-signed, of another authority, expired, for another role")
  func certificates() async throws {
    try await TestFolder.use { folder in
      try await TestFolder.use { strangers in
        let authority = try await DevelopmentAuthority(in: folder.path, for: ["executor", "driver"])
        try await authority.issue(["executor:old"], days: -1)
        let stranger = try await DevelopmentAuthority(in: strangers.path, for: ["executor"])
        let own = try await DevelopmentAuthority.selfSigned(in: strangers.path, trusting: authority.authorities)
        let cases: [(TLSCertificates?, TLSRefusal)] = [
          (nil, .noCertificate), (own, .selfSigned), (stranger.certificates("executor"), .unknownAuthority),
          (authority.certificates("old"), .expired), (authority.certificates("driver"), .wrongRole),
        ]
        for (files, reason) in cases {
          try await Scene.play(.certificates(authority.certificates("executor"))) { scene in
            let shown = files.map { ["-cert", $0.chain.string, "-key", $0.key.string] } ?? []
            let answer = try await HostilePeer.sslClient(scene.port.port, ["-tls1_3"] + shown, sending: "x")
            #expect(answer == "")
            try await scene.expectRefusal(reason)
          }
        }
      }
    }
  }

  @Test("a line that carries one byte at a time is slow, and nothing else")
  func drip() async throws {
    try await TestFolder.use { folder in
      let authority = try await DevelopmentAuthority(in: folder.path, for: ["executor"])
      let files = authority.certificates("executor")
      try await Scene.play(.certificates(files)) { scene in
        let arguments = [files.chain.string, files.key.string, files.authorities.string, "one by one"]
        let answer = try await HostilePeer.run("drip", scene.port.port, arguments)
        #expect(answer == "one by one")
        #expect(scene.node.reasons == [])
        #expect(scene.port.admitted.count == 2)
      }
    }
  }

  @Test("a thousand strangers hold their connections: few are kept, and an honest peer still comes in")
  func strangers() async throws {
    try await Scene.play(Self.secret) { scene in
      let before = try HeldMemory.now()
      let crowd = try await HostilePeer.launch("strangers", scene.port.port, ["1000"])
      var output = ""
      for try await chunk in crowd.output {
        output += String(decoding: chunk, as: UTF8.self)
        if output.contains("\n") { break }
      }
      #expect(output == "ready 1000\n")
      try await eventually { scene.node.reasons.count >= 1000 - Limits().halfOpenConnections }
      #expect(scene.node.reasons.allSatisfy { $0 == TLSRefusal.tooManyHandshakes.rawValue })
      let late = try await GoodPeer.dial(scene.port.endpoint, from: scene.node)
      #expect(try await late.echo([7]) == [7])
      await late.close()
      let grown = try HeldMemory.now().bytes - before.bytes
      #expect(grown < ByteCount.mebibytes(16).bytes, "the crowd took \(ByteCount(grown))")
      #expect(scene.port.admitted.count == 2)
      await crowd.finishInput()
      #expect(try await crowd.exit().isSuccess)
    }
  }

  /// The pre-shared key of a role, as openssl's command derives it from the secret.
  private static func key(for role: String) async throws -> String {
    let secret = SecuredNode.secret.revealed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let run = try await OutsideProgram.run(
      "openssl",
      [
        "kdf", "-keylen", "32", "-kdfopt", "digest:SHA256", "-kdfopt", "hexkey:\(secret)", "-kdfopt",
        "info:flint tls 1.3 psk, client \(role)", "HKDF",
      ])
    return run.output.filter(\.isHexDigit)
  }
}
