import FlintCore
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  /// One key of each type.
  struct Keys: ConfigurationKeys {
    let memory = ConfigurationKey("flint.executor.memory", default: ByteCount.gibibytes(1), "Memory.")
    let cores = ConfigurationKey("flint.executor.cores", default: 2, in: 1...64, unit: "threads", "Threads.")
    let interval = ConfigurationKey("flint.heartbeat.interval", default: Duration.seconds(1), "Time.")
    let inFlight = ConfigurationKey("flint.fetch.bytesInFlight", default: ByteCount.mebibytes(48), "Bytes.")
    let fraction = ConfigurationKey("flint.memory.fraction", default: 0.6, in: 0...1, "Share.")
    let isLocal = ConfigurationKey("flint.isLocal", default: false, "Flag.")
    let name = ConfigurationKey("flint.name", default: "flint", "Text.")
    let level = ConfigurationKey("flint.level", default: LogLevel.info, "Enum.")
    let disks = ConfigurationKey("flint.disks", default: [String](), "List.")
    let sizes = ConfigurationKey("flint.sizes", default: [ByteCount.kibibytes(1)], "List of sizes.")
    let secret = ConfigurationKey("flint.secret", default: SecretReference?.none, "Secret.")
  }

  private let keys = Keys()
  private let registry = ConfigurationRegistry([Keys()])

  @Test("without any setting every key has its default")
  func defaults() throws {
    let configuration = try Configuration(registry: registry)
    #expect(configuration[keys.memory] == .gibibytes(1))
    #expect(configuration[keys.disks] == [])
    #expect(configuration[keys.secret] == nil)
    #expect(configuration.origin(of: "flint.executor.memory") == .standard)
  }

  @Test("a file sets values of every type, with spaces or an equals sign, comments, and Windows line ends")
  func file() throws {
    let text = """
      \u{FEFF}# the cluster
      flint.executor.memory 512m
      flint.executor.cores=8\r
        flint.heartbeat.interval   =  500ms

      flint.fetch.bytesInFlight\t2g
      flint.memory.fraction 0.5
      flint.isLocal TRUE
      flint.name a = b # c
      flint.level warning
      flint.disks /a, /b
      flint.sizes 1k,2m
      flint.secret file:/run/flint secret
      """
    let configuration = try Configuration(registry: registry, file: ("/etc/flint.conf", text))
    #expect(configuration[keys.memory] == .mebibytes(512))
    #expect(configuration[keys.cores] == 8)
    #expect(configuration[keys.interval] == .milliseconds(500))
    #expect(configuration[keys.inFlight] == .gibibytes(2))
    #expect(configuration[keys.fraction] == 0.5)
    #expect(configuration[keys.isLocal])
    #expect(configuration[keys.name] == "a = b # c")
    #expect(configuration[keys.level] == .warning)
    #expect(configuration[keys.disks] == ["/a", "/b"])
    #expect(configuration[keys.sizes] == [.kibibytes(1), .mebibytes(2)])
    #expect(configuration[keys.secret] == .file("/run/flint secret"))
    #expect(configuration.origin(of: "flint.heartbeat.interval") == .file("/etc/flint.conf", line: 4))
  }

  @Test(
    "code comes before the command line, that before the file, that before the environment, that before the default")
  func precedence() throws {
    let file = "flint.executor.cores 3\nflint.name file\nflint.executor.memory 3g"
    let environment = [
      "FLINT_EXECUTOR_CORES": "2", "FLINT_NAME": "environment", "FLINT_EXECUTOR_MEMORY": "2g",
      "FLINT_FETCH_BYTES_IN_FLIGHT": "2m", "PATH": "/bin",
    ]
    let configuration = try Configuration(
      registry: registry, code: [keys.cores.set(to: 5, file: "Job.swift", line: 9)],
      commandLine: ["flint.executor.cores=4", "flint.name=early", "flint.name=late"],
      file: ("flint.conf", file), environment: environment)
    #expect(configuration[keys.cores] == 5)
    #expect(configuration.origin(of: "flint.executor.cores") == .code(SourceLocation(file: "Job.swift", line: 9)))
    #expect(configuration[keys.name] == "late")
    #expect(configuration.origin(of: "flint.name") == .commandLine)
    #expect(configuration[keys.memory] == .gibibytes(3))
    #expect(configuration.origin(of: "flint.executor.memory") == .file("flint.conf", line: 3))
    #expect(configuration[keys.inFlight] == .mebibytes(2))
    #expect(
      configuration.origin(of: "flint.fetch.bytesInFlight") == .environment(variable: "FLINT_FETCH_BYTES_IN_FLIGHT"))
    #expect(configuration[keys.interval] == .seconds(1))
  }

  @Test("an unknown key names its place and the nearest name")
  func unknownKey() throws {
    let text = "\n# x\nflint.executor.memroy 1g"
    let error = try #require(failure { try Configuration(registry: registry, file: ("flint.conf", text)) })
    #expect(error.code == .unknownSetting)
    #expect(error.what == "there is no setting flint.executor.memroy")
    #expect(error.why == "it comes from flint.conf:3")
    #expect(error.remedy == "write flint.executor.memory, the nearest name")
    #expect(error.location == SourceLocation(file: "flint.conf", line: 3))
  }

  @Test("a key of Spark leads to ours, and one that is like nothing gets no far-fetched advice")
  func foreignKeys() throws {
    let spark = failure { try Configuration(registry: registry, commandLine: ["spark.executor.cores=1"]) }
    #expect(spark?.remedy == "write flint.executor.cores, the nearest name")
    let other = failure { try Configuration(registry: registry, commandLine: ["hadoop.tmp=1"]) }
    #expect(other?.code == .unknownSetting)
    #expect(other?.remedy == "look at the settings that flint config show lists")
  }

  @Test("a FLINT_ variable that is no setting is an error, except FLINT_MASTER")
  func unknownVariable() throws {
    let error = failure { try Configuration(registry: registry, environment: ["FLINT_EXECUTOR_CORE": "1"]) }
    #expect(error?.code == .unknownSetting)
    #expect(error?.remedy == "write FLINT_EXECUTOR_CORES, the nearest name")
    _ = try Configuration(registry: registry, environment: ["FLINT_MASTER": "local[2]", "FLINTSTONE": "fred"])
  }

  @Test("an invalid value names key, value, place, the expected form and an example")
  func invalidValue() throws {
    let error = try #require(
      failure { try Configuration(registry: registry, file: ("flint.conf", "flint.executor.memory 512")) })
    #expect(error.code == .invalidSetting)
    #expect(error.what == "\"512\" is no value of flint.executor.memory")
    #expect(
      error.why == "it comes from flint.conf:1, and flint.executor.memory is a size such as 512m or 2g; it has no unit")
    #expect(error.remedy == "for example flint.executor.memory 512m")
    #expect(error.location?.line == 1)
  }

  @Test(
    "values outside of their type or range are refused, also where another origin overrides them",
    arguments: [
      ("flint.executor.cores", "0"), ("flint.executor.cores", "65"), ("flint.executor.cores", "two"),
      ("flint.memory.fraction", "1.5"), ("flint.memory.fraction", "nan"), ("flint.isLocal", "yes"),
      ("flint.level", "loud"), ("flint.heartbeat.interval", "10"), ("flint.sizes", "1k,,2k"),
    ])
  func refused(key: String, text: String) {
    let error = failure {
      try Configuration(
        registry: registry, code: [keys.cores.set(to: 2)], file: ("flint.conf", "\(key) \(text)"))
    }
    #expect(error?.code == .invalidSetting)
    #expect(error?.what.contains(key) == true)
  }

  @Test("a line without a value, and a key that a file sets twice, are refused with their lines")
  func malformedFile() {
    let lonely = failure { try Configuration(registry: registry, file: ("flint.conf", "\nflint.name")) }
    #expect(lonely?.code == .invalidSetting)
    #expect(lonely?.location?.line == 2)
    let twice = failure { try Configuration(registry: registry, file: ("f", "flint.name a\nflint.name b")) }
    #expect(twice?.what == "flint.name is set twice in f")
    #expect(twice?.why == "line 1 sets it too")
    #expect(failure { try Configuration(registry: registry, commandLine: ["flint.name"]) }?.code == .invalidSetting)
  }

  @Test("the table shows each value with its origin")
  func table() throws {
    let configuration = try Configuration(
      registry: ConfigurationRegistry([LogKeys()]), commandLine: ["flint.log.level=debug"])
    #expect(
      configuration.show() == """
        flint.log.format  text   default
        flint.log.level   debug  the command line (--conf)

        """)
  }

  @Test("two keys with one name, or with one environment variable, end the program")
  func duplicates() async {
    struct SameVariable: ConfigurationKeys {
      let first = ConfigurationKey("flint.bytes.read", default: 1, "")
      let second = ConfigurationKey("flint.bytesRead", default: 1, "")
    }
    await #expect(processExitsWith: .failure) { _ = ConfigurationRegistry([LogKeys(), LogKeys()]) }
    await #expect(processExitsWith: .failure) { _ = ConfigurationRegistry([SameVariable()]) }
  }
}
