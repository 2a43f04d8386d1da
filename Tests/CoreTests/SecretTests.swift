import FlintCore
import Testing

@Suite("Secrets")
struct SecretTests {
  struct Keys: ConfigurationKeys {
    let secret = ConfigurationKey("flint.secret", default: SecretReference?.none, "Secret.")
  }

  private let registry = ConfigurationRegistry([Keys()])

  @Test("however it is printed, a secret shows nothing of itself")
  func redacted() {
    let secret = Secret(Array("hunter2".utf8))
    var dumped = ""
    dump((secret, [secret]), to: &dumped)
    let bytes = "\(Array("hunter2".utf8))"
    for text in ["\(secret)", "\([secret])", String(reflecting: secret), "\(Optional(secret) as Any)", dumped] {
      #expect(!text.contains("hunter2") && !text.contains(bytes) && !text.contains("104"))
      #expect(text.contains("redacted") || text == dumped)
    }
  }

  @Test("a secret that is logged shows nothing of itself")
  func logged() {
    let memory = MemoryLogHandler()
    let secret = Secret(Array("hunter2".utf8))
    Logger(label: "t", handler: memory).info("using \(secret)", ["secret": "\(secret)"])
    #expect(memory.events.first?.message == "using <redacted>")
    #expect(memory.events.first?.metadata["secret"] == "<redacted>")
  }

  @Test("secrets are equal when all bytes are")
  func equality() {
    #expect(Secret([1, 2, 3]) == Secret([1, 2, 3]))
    #expect(Secret([1, 2, 3]) != Secret([1, 2, 4]))
    #expect(Secret([1, 2, 3]) != Secret([0, 2, 3]))
    #expect(Secret([1, 2, 3]) != Secret([1, 2]))
  }

  @Test(
    "a literal secret in a setting is refused, and the error does not repeat it",
    arguments: ["hunter2", "env:", "env:a-b", "file:x"])
  func literal(text: String) throws {
    let error = try #require(failure { try Configuration(registry: registry, commandLine: ["flint.secret=\(text)"]) })
    #expect(error.code == .invalidSetting)
    #expect(!error.rendered().contains("hunter2") && !error.rendered().contains("a-b"))
    #expect(error.remedy == "for example flint.secret file:/etc/flint/secret")
  }

  @Test("the table of settings shows where a secret is, redacted")
  func table() throws {
    let configuration = try Configuration(registry: registry, commandLine: ["flint.secret=env:TOKEN"])
    #expect(configuration.show() == "flint.secret  <redacted> (env:TOKEN)  the command line (--conf)\n")
  }

  @Test("a reference is resolved by the closures that the caller hands in")
  func resolution() async throws {
    let variable = try await SecretReference.environment(variable: "TOKEN").resolve(
      variable: { $0 == "TOKEN" ? "abc" : nil }, file: { _ in [] })
    #expect(variable.revealed == Array("abc".utf8))
    let file = try await SecretReference.file("/run/s").resolve(
      variable: { _ in nil }, file: { $0 == "/run/s" ? Array(" abc\r\n".utf8) : [] })
    #expect(file.revealed == Array(" abc".utf8))
  }

  @Test("a reference that leads nowhere is an error with the reason")
  func unresolved() async throws {
    let missing = await failure {
      try await SecretReference.environment(variable: "TOKEN").resolve(variable: { _ in nil }, file: { _ in [] })
    }
    #expect(missing?.what == "no secret found at env:TOKEN")
    #expect(missing?.why == "the environment variable is not set")
    let empty = await failure {
      try await SecretReference.file("/run/s").resolve(variable: { _ in nil }, file: { _ in [10] })
    }
    #expect(empty?.why == "it is empty")
    let unreadable = await failure {
      try await SecretReference.file("/run/s").resolve(
        variable: { _ in nil }, file: { _ in throw FlintError(.permissionDenied, "no") })
    }
    #expect(unreadable?.code == .invalidSetting)
    #expect((unreadable?.cause as? FlintError)?.code == .permissionDenied)
  }
}
