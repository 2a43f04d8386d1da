import FlintCore
import Testing

@testable import FlintLibuv

@Suite("TLS without a network")
struct TLSMachineTests {
  private static let secret = Secret(Array("correct horse battery staple".utf8))

  private static func keys(_ role: PeerRole, _ secret: Secret = Self.secret) throws -> TLSContext {
    try TLSContext(SharedSecretKeys(secret, role: role), limits: Limits())
  }

  private static func pair(
    _ client: TLSContext, _ server: TLSContext, accepting roles: [PeerRole] = PeerRole.allCases,
    bytesPerKey: Int64 = TLSMachine.bytesPerKey
  ) throws -> MachinePair {
    MachinePair(
      try TLSMachine(client, .client, accepting: PeerRole.allCases, bytesPerKey: bytesPerKey),
      try TLSMachine(server, .server, accepting: roles, bytesPerKey: bytesPerKey))
  }

  @Test("a shared secret opens both ends, and the server learns the client's role", arguments: [1, 7, 100, .max])
  func sharedSecret(piece: Int) throws {
    var pair = try Self.pair(Self.keys(.executor), Self.keys(.driver))
    pair.exchange(piece: piece)
    #expect(pair.clientEvents == [.opened(.sharedSecret(role: nil))])
    #expect(pair.serverEvents == [.opened(.sharedSecret(role: .executor))])
    try pair.clientSends(Array("hello".utf8))
    try pair.serverSends(Array("world".utf8))
    pair.exchange(piece: piece)
    #expect(pair.serverPlaintext == Array("hello".utf8))
    #expect(pair.clientPlaintext == Array("world".utf8))
  }

  @Test("bytes cross unchanged, whatever pieces they are sent and cut in", arguments: [128, 999, 20_000, 64 << 10])
  func integrity(chunk: Int) throws {
    var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
    pair.exchange()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try pair.clientSends(bytes, chunk: chunk)
    pair.exchange(piece: 1 + chunk / 3)
    #expect(pair.serverPlaintext == bytes)
    #expect(pair.serverEvents.count == 1)
  }

  @Test("nothing of the plaintext can be seen on the way")
  func secrecy() throws {
    var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
    pair.exchange()
    let text = Array("nobody may read this sentence".utf8)
    try pair.clientSends(text + text)
    let ciphertext = pair.toServer
    #expect(!ciphertext.indices.contains { ciphertext[$0...].starts(with: text.prefix(4)) })
  }

  @Test("keys are exchanged when they have protected enough, and nothing is lost")
  func keyUpdate() throws {
    var pair = try Self.pair(Self.keys(.worker), Self.keys(.master), bytesPerKey: 100)
    pair.exchange()
    var records = 0
    for round in 0..<50 {
      try pair.clientSends([UInt8](repeating: UInt8(round), count: 60))
      records += Self.records(in: pair.toServer)
      try pair.serverSends([UInt8](repeating: UInt8(round), count: 60))
      pair.exchange(piece: 11)
    }
    #expect(pair.serverPlaintext == (0..<50).flatMap { [UInt8](repeating: UInt8($0), count: 60) })
    #expect(pair.clientPlaintext == pair.serverPlaintext)
    #expect(pair.serverEvents.count == 1)
    // 50 records of data, and one that announces a key after every second of them.
    #expect(records == 50 + 24)
  }

  private static func records(in ciphertext: [UInt8]) -> Int {
    var (count, position) = (0, 0)
    while position < ciphertext.count {
      position += 5 + Int(ciphertext[position + 3]) << 8 + Int(ciphertext[position + 4])
      count += 1
    }
    return count
  }

  @Test("an end is announced; one that is not is a failure")
  func ends() throws {
    var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
    pair.exchange()
    #expect(pair.server.receiveEnd() == .failed(TLSFailure(.cutOff)))

    var other = try Self.pair(Self.keys(.worker), Self.keys(.master))
    other.exchange()
    other.client.finish { other.toServer += $0 }
    other.exchange()
    #expect(other.serverEvents.last == .finished)
    #expect(other.server.receiveEnd() == .finished)
    // The other direction is still open.
    try other.serverSends([1, 2, 3])
    other.exchange()
    #expect(other.clientPlaintext == [1, 2, 3])
  }

  @Test("every flipped bit of a record ends the connection, and no byte of the record is handed on")
  func damage() throws {
    for position in 0..<27 {
      var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
      pair.exchange()
      try pair.clientSends(Array("hello".utf8))
      #expect(pair.toServer.count == 27)
      // Of a record's length only what makes it longer would wait for more.
      pair.toServer[position] ^= position == 3 || position == 4 ? 1 : 0x10
      pair.toServer += [UInt8](repeating: 0, count: 300)
      pair.exchange()
      #expect(pair.serverPlaintext.isEmpty)
      guard case .failed(let failure)? = pair.serverEvents.last else {
        Issue.record("byte \(position) was changed and nobody noticed")
        continue
      }
      #expect([.badRecord, .notTLS, .protocolViolation, .wrongVersion].contains(failure.refusal), "byte \(position)")
    }
  }

  @Test("a recorded handshake cannot be played again")
  func replay() throws {
    var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
    let hello = pair.toServer
    pair.exchange()
    var second = try Self.pair(Self.keys(.worker), Self.keys(.master))
    second.toServer = hello
    // The server answers the greeting, but who played it cannot use the answer.
    second.serverReceives(hello)
    #expect(second.serverEvents.isEmpty)
    second.clientReceives(second.toClient)
    #expect(second.clientEvents.allSatisfy { if case .failed = $0 { true } else { false } })
    #expect(second.clientEvents.count == 1)
  }

  @Test("another secret is refused by the server, and so is one that is too short to be one")
  func wrongSecret() throws {
    var pair = try Self.pair(Self.keys(.worker, Secret(Array("incorrect horse battery".utf8))), Self.keys(.master))
    pair.exchange()
    #expect(pair.serverEvents.map(\.refusal) == [.wrongSecret])
    #expect(pair.clientEvents.map(\.refusal) == [.refusedByPeer])
    #expect(throws: FlintError.self) { try Self.keys(.worker, Secret(Array("too short".utf8))) }
  }

  @Test("a role that has no business at a port is refused, though it holds the secret")
  func wrongRole() throws {
    var pair = try Self.pair(Self.keys(.submitter), Self.keys(.driver), accepting: [.executor])
    pair.exchange()
    #expect(pair.serverEvents.map(\.refusal) == [.wrongRole])
  }

  @Test("what does not speak TLS is told from what speaks it wrongly")
  func notTLS() throws {
    let greetings: [(String, TLSRefusal)] = [
      ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", .notTLS), ("FLNT\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}", .notTLS),
      ("\u{16}\u{3}\u{1}\u{0}\u{5}\u{1}\u{0}\u{0}\u{1}\u{0}", .protocolViolation),
    ]
    for (greeting, refusal) in greetings {
      var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
      pair.serverReceives(Array(greeting.utf8))
      #expect(pair.serverEvents.map(\.refusal) == [refusal], "\(greeting.debugDescription)")
    }
  }

  @Test("a greeting that never ends is cut at the limit")
  func tooLong() throws {
    var pair = try Self.pair(Self.keys(.worker), Self.keys(.master))
    // A handshake record that says it is 16,000 bytes long, within a message of as many.
    pair.serverReceives([0x16, 3, 1, 0x3E, 0x80, 1, 0, 0x3E, 0x7C, 3, 3])
    var count = 11
    while pair.serverEvents.isEmpty, count < 20_000 {
      pair.serverReceives([UInt8](repeating: 0x55, count: 100))
      count += 100
    }
    #expect(pair.serverEvents.map(\.refusal) == [.handshakeTooLong])
    #expect(count <= Int(Limits().handshakeLength.bytes) + 100)
  }
}
