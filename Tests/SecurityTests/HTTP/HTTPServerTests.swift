import FlintCore
import FlintLibuv
import Testing

@Suite("HTTP, with curl at the other end")
struct HTTPServerTests {
  private static let code = "%{http_code}"
  private static let authorization = "Authorization: Bearer open sesame"

  @Test("the health page answers in JSON, and HEAD has its headers without the page")
  func health() async throws {
    try await TestServer.use { server in
      let page = try await server.curl("/health")
      #expect(page.hasPrefix(#"{"status":"ok","node":"web","uptimeSeconds":"#))
      let head = try await server.curl("-I", "/health")
      #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(head.contains("Content-Type: application/json\r\n"))
      #expect(head.contains("Cache-Control: no-store\r\n"))
      #expect(head.contains("Content-Length: \(page.utf8.count)\r\n"))
    }
  }

  @Test("paths and queries arrive decoded")
  func parameters() async throws {
    try await TestServer.use { server in
      let answer = try await server.curl("/echo/a%20b?q=%C3%A9%2B1&x")
      #expect(answer == #"{"word":"a b","q":"é+1"}"#)
    }
  }

  @Test("404, 405, 401 and 403 say what is wrong")
  func refusals() async throws {
    try await TestServer.use { server in
      let answer = try await server.curl("-w", Self.code, "/none")
      #expect(answer == #"{"error":"not found"}404"#)
      let wrongMethod = try await server.curl("-i", "-X", "DELETE", "/health")
      #expect(wrongMethod.hasPrefix("HTTP/1.1 405"))
      #expect(wrongMethod.contains("Allow: HEAD, GET\r\n"))
      let unauthorized = try await server.curl("-w", Self.code, "-d", "x", "/length")
      #expect(unauthorized.hasSuffix("401"))
      let stranger = try await server.curl("-w", Self.code, "-H", "Host: example.org", "/health")
      #expect(stranger.hasSuffix("403"))
    }
  }

  @Test("a body arrives whole with the token; one that is too long is refused, announced or not")
  func bodies() async throws {
    var limits = Limits()
    limits.httpBodyLength = .kibibytes(100)
    try await TestServer.use(limits: limits) { server in
      try await TestFolder.use { folder in
        let fits = folder.write("fits", String(repeating: "x", count: 100 << 10))
        let long = folder.write("long", String(repeating: "x", count: 100 << 10 + 1))
        let post = ["-H", Self.authorization, "--data-binary"]
        let accepted = try await server.curl(post[0], post[1], post[2], "@\(fits)", "/length")
        #expect(accepted == #"{"length":102400}"#)
        for encoding in ["Content-Type: x", "Transfer-Encoding: chunked"] {
          let code = try await server.curl(
            "-w", Self.code, "-H", encoding, post[0], post[1], post[2], "@\(long)", "/length")
          #expect(code == #"{"error":"the content is too large"}413"#)
        }
      }
    }
  }

  @Test("a head that is too long is refused")
  func longHead() async throws {
    try await TestServer.use { server in
      let header = "X-Long: " + String(repeating: "x", count: 60_000)
      let answer = try await server.curl("--output", "null", "-w", Self.code, "-H", header, "/health")
      #expect(answer == "431")
    }
  }

  @Test("one connection carries many requests, and an answer that must be waited for holds up no other")
  func keepAlive() async throws {
    try await TestServer.use { server in
      let both = try await server.curl("-w", "%{num_connects}", "/health", "--output", "null", "/slow", "/slow")
      #expect(both.hasSuffix(#""waited"0"waited"0"#))
      let large = try await server.curl("--output", "null", "-w", "%{size_download}", "/large")
      #expect(large == "5000000")
    }
  }

  @Test("two hundred clients at once are all answered")
  func parallel() async throws {
    var limits = Limits()
    limits.httpConnectionsPerAddress = 256
    try await TestServer.use(limits: limits) { server in
      let output = try await server.curl(
        "--parallel", "--parallel-immediate", "--parallel-max", "200", "-w", "%{http_code}\\n", "--output", "null",
        "/slow?[1-200]")
      #expect(output.split(separator: "\n").count(where: { $0.hasSuffix("200") }) == 200)
    }
  }

  @Test("events come as they happen, and both sides notice the end")
  func events() async throws {
    try await TestServer.use { server in
      async let output = server.curl("-N", "/events")
      try await eventually { server.events.open.count == 1 }
      let stream = server.events.open[0]
      stream.send("one")
      stream.send("two\nlines", event: "pair")
      stream.finish()
      let answer = try await output
      #expect(answer == "data: one\n\nevent: pair\ndata: two\ndata: lines\n\n")
      try await eventually { server.events.ended == 1 }
    }
  }

  @Test("a client of events that goes away is noticed")
  func eventsGone() async throws {
    var limits = Limits()
    limits.httpEventPause = .milliseconds(50)
    try await TestServer.use(limits: limits) { server in
      let client = try await OutsideProgram.launch("curl", ["-sN", "http://127.0.0.1:\(server.port)/events"])
      try await eventually { server.events.open.count == 1 }
      client.send(.kill)
      _ = try await client.exit()
      try await eventually { server.events.ended == 1 }
    }
  }

  @Test("a client that takes no events is cut off, and the memory for it is bounded")
  func slowEvents() async throws {
    var limits = Limits()
    limits.httpEventBytes = .kibibytes(64)
    try await TestServer.use(limits: limits) { server in
      let client = try await OutsideProgram.launch("curl", ["-sN", "http://127.0.0.1:\(server.port)/events"])
      try await eventually { server.events.open.count == 1 }
      client.send(.stop)
      let line = String(repeating: "x", count: 32 << 10)
      try await eventually {
        server.events.open[0].send(line)
        return server.events.ended == 1
      }
      client.send(.kill)
      _ = try await client.exit()
    }
  }

  @Test(
    "who does not finish its request in time is closed, however steadily it drips",
    arguments: ["http-stall", "http-drip"])
  func deadline(scenario: String) async throws {
    var limits = Limits()
    limits.httpDeadline = .milliseconds(300)
    try await TestServer.use(limits: limits) { server in
      let answer = try await HostilePeer.run(scenario, server.port)
      #expect(answer == "closed")
    }
  }

  @Test("one address gets only so many connections, and those in use go on")
  func perAddress() async throws {
    var limits = Limits()
    limits.httpConnectionsPerAddress = 3
    try await TestServer.use(limits: limits) { server in
      let crowd = try await HostilePeer.launch("strangers", server.port, ["3"])
      for try await chunk in crowd.output where chunk.contains(10) { break }
      let answer = try await server.curl("-w", Self.code, "/health")
      #expect(answer == "000")
      await crowd.finishInput()
      _ = try await crowd.exit()
      try await eventually { try await server.curl("--output", "null", "-w", Self.code, "/health") == "200" }
    }
  }

  @Test("an address that others reach takes a certificate and a token")
  func elsewhere() async throws {
    let node = try LibuvNode(name: "web")
    guard let network = node.context.network as? LibuvNetwork else { return }
    for host in ["0.0.0.0", "::", "127.0.0.1.example.org"] {
      let error = await #expect(throws: FlintError.self) {
        _ = try await HTTPServer.start(
          at: .tcp(host: host, port: 0), on: network, routes: [], token: TestServer.token, log: node.context.log)
      }
      #expect(error?.code == .invalidSetting)
    }
    await node.shutdown()
  }

  @Test("under TLS everything is the same, and nothing older than TLS 1.3 is spoken")
  func secured() async throws {
    try await TestFolder.use { folder in
      let certificate = try await Self.webCertificate(in: folder.path)
      try await TestServer.use(certificate: certificate) { server in
        let chain = certificate.chain
        let page = try await server.curl("/health", trusting: chain)
        #expect(page.hasPrefix(#"{"status":"ok""#))
        let large = try await server.curl("--output", "null", "-w", "%{size_download}", "/large", trusting: chain)
        #expect(large == "5000000")
        let old = try await server.curl("--tls-max", "1.2", "-w", Self.code, "/health", trusting: chain)
        #expect(old == "000")
        let plain = try await server.curl("-w", Self.code, "/health")
        #expect(plain == "000")
        try await eventually {
          server.log.events.compactMap { $0.metadata["reason"] } == ["wrong-tls-version", "not-tls"]
        }

        async let output = server.curl("-N", "/events", trusting: chain)
        try await eventually { server.events.open.count == 1 }
        server.events.open[0].send("hello")
        server.events.open[0].finish()
        let events = try await output
        #expect(events == "data: hello\n\n")
      }
    }
  }

  /// A certificate for 127.0.0.1.
  private static func webCertificate(in folder: FilePath) async throws -> HTTPCertificate {
    let certificate = HTTPCertificate(chain: folder / "web.pem", key: folder / "web.key")
    try await OutsideProgram.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
        certificate.key.string, "-out", certificate.chain.string, "-days", "1", "-subj", "/CN=web", "-addext",
        "subjectAltName=IP:127.0.0.1",
      ])
    return certificate
  }
}
