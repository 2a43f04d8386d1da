import FlintCore
import Glibc
import Testing

@testable import FlintLibuv

@Suite("Certificates")
struct CertificateTests {
  private static func context(_ files: TLSCertificates) throws -> TLSContext {
    try TLSContext(files, limits: Limits())
  }

  private static func talk(
    _ client: TLSCertificates, _ server: TLSCertificates, accepting roles: [PeerRole] = PeerRole.allCases
  ) throws -> (client: [PairEvent], server: [PairEvent]) {
    var pair = MachinePair(
      try TLSMachine(try context(client), .client, accepting: PeerRole.allCases),
      try TLSMachine(try context(server), .server, accepting: roles))
    pair.exchange(piece: 700)
    return (pair.clientEvents, pair.serverEvents)
  }

  @Test("both ends learn role and name of the other")
  func mutual() async throws {
    try await TestFolder.use { folder in
      let authority = try await DevelopmentAuthority(in: folder.path, for: ["driver:app-1", "executor:exec-7"])
      let (client, server) = try Self.talk(authority.certificates("exec-7"), authority.certificates("app-1"))
      #expect(client == [.opened(.certificate(role: .driver, name: "app-1"))])
      #expect(server == [.opened(.certificate(role: .executor, name: "exec-7"))])
    }
  }

  @Test("expired, of another authority, self-signed, or for a role without business here: each has its own reason")
  func refusals() async throws {
    try await TestFolder.use { folder in
      try await TestFolder.use { strangers in
        let authority = try await DevelopmentAuthority(in: folder.path, for: ["driver", "executor", "submitter"])
        try await authority.issue(["executor:old"], days: -1)
        let stranger = try await DevelopmentAuthority(in: strangers.path, for: ["executor"])
        let server = authority.certificates("driver")
        let cases: [(TLSCertificates, TLSRefusal)] = [
          (authority.certificates("old"), .expired),
          (stranger.certificates("executor", trusting: authority.authorities), .unknownAuthority),
          (try await DevelopmentAuthority.selfSigned(in: strangers.path, trusting: authority.authorities), .selfSigned),
          (authority.certificates("submitter"), .wrongRole),
        ]
        for (client, refusal) in cases {
          #expect(try Self.talk(client, server, accepting: [.executor]).server.map(\.refusal) == [refusal])
        }
        // A client is as careful about the server.
        let fooled = try Self.talk(authority.certificates("executor"), stranger.certificates("executor"))
        #expect(fooled.client.map(\.refusal) == [.unknownAuthority])
        #expect(fooled.server.map(\.refusal) == [.refusedByPeer])
      }
    }
  }

  @Test("secret and certificates do not mix: neither side takes the other for one of its kind")
  func mixed() async throws {
    try await TestFolder.use { folder in
      let authority = try await DevelopmentAuthority(in: folder.path, for: ["driver", "executor"])
      let secret = try SharedSecretKeys(Secret(Array("correct horse battery staple".utf8)), role: .executor)
      let keys = try TLSContext(secret, limits: Limits())
      var first = MachinePair(
        try TLSMachine(keys, .client, accepting: PeerRole.allCases),
        try TLSMachine(try Self.context(authority.certificates("driver")), .server, accepting: PeerRole.allCases))
      first.exchange()
      #expect(first.clientEvents.map(\.refusal) == [.noSecret])
      #expect(first.serverEvents.map(\.refusal) == [.refusedByPeer])

      var second = MachinePair(
        try TLSMachine(try Self.context(authority.certificates("executor")), .client, accepting: PeerRole.allCases),
        try TLSMachine(keys, .server, accepting: PeerRole.allCases))
      second.exchange()
      #expect(second.serverEvents.map(\.refusal) == [.noSecret])
      #expect(second.clientEvents.map(\.refusal) == [.refusedByPeer])
    }
  }

  @Test("a key that others may read is refused, and so are files that do not hold what they should")
  func files() async throws {
    try await TestFolder.use { folder in
      let authority = try await DevelopmentAuthority(in: folder.path, for: ["driver", "executor"])
      let good = authority.certificates("driver")
      #expect(throws: Never.self) { try Self.context(good) }
      let key = try SecretFile.read(good.key)
      let open = folder.write("open.key", String(decoding: key.revealed, as: UTF8.self), mode: 0o640)
      let text = folder.write("text.pem", "no certificate")
      let cases: [(TLSCertificates, FlintError.Code)] = [
        (TLSCertificates(chain: good.chain, key: open, authorities: good.authorities), .permissionDenied),
        (TLSCertificates(chain: good.chain, key: text, authorities: good.authorities), .invalidSetting),
        (TLSCertificates(chain: text, key: good.key, authorities: good.authorities), .invalidSetting),
        (TLSCertificates(chain: good.chain, key: good.key, authorities: text), .invalidSetting),
        (
          TLSCertificates(
            chain: good.chain, key: authority.certificates("executor").key, authorities: good.authorities),
          .invalidSetting
        ),
        (
          TLSCertificates(chain: good.chain, key: folder.path / "none", authorities: good.authorities), .fileNotFound
        ),
        // The authority's own certificate names no role.
        (
          TLSCertificates(chain: good.authorities, key: folder.path / "ca.key", authorities: good.authorities),
          .invalidSetting
        ),
      ]
      for (files, code) in cases {
        let error = #expect(throws: FlintError.self) { try Self.context(files) }
        #expect(error?.code == code)
      }
    }
  }

  @Test("a secret is read from a file that nobody else may read, or not at all")
  func secretFiles() async throws {
    try await TestFolder.use { folder in
      let good = folder.write("secret", "correct horse battery staple\n")
      guard case .sharedSecret(let secret, .driver) = try TransportSecurity.sharedSecret(in: good, role: .driver) else {
        Issue.record("the file did not give a secret")
        return
      }
      #expect(secret == Secret(Array("correct horse battery staple".utf8)))
      let link = folder.path / "link"
      symlink(good.string, link.string)
      let refused = [
        folder.write("group", "correct horse battery staple", mode: 0o640),
        folder.write("everybody", "correct horse battery staple", mode: 0o604), link, folder.path,
      ]
      for path in refused {
        let error = #expect(throws: FlintError.self) { try TransportSecurity.sharedSecret(in: path, role: .driver) }
        #expect(error?.code == .permissionDenied, "\(path)")
      }
    }
  }
}
