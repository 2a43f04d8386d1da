import FlintCore
import Synchronization
import Testing

@Suite("Logging")
struct LoggerTests {
  private let time = ManualTime(wallTime: WallTime(microseconds: 1_795_187_045_123_456))

  /// Collects the lines that a handler writes.
  private final class Lines: Sendable {
    private let written = Mutex<[String]>([])
    var all: [String] { written.withLock { $0 } }

    func write(_ bytes: [UInt8]) {
      written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
    }
  }

  @Test("below the level neither the message nor the facts are built")
  func levels() {
    let memory = MemoryLogHandler()
    let log = Logger(label: "t", level: .notice, handler: memory)
    func expensive() -> String {
      Issue.record("a message was built for nothing")
      return ""
    }
    log.trace(expensive())
    log.debug("x", ["y": expensive()])
    log.info(expensive())
    log.notice("notice")
    log.warning("warning")
    log.error("error")
    log.critical("critical")
    #expect(memory.events.map(\.level) == [.notice, .warning, .error, .critical])
    #expect(memory.events.map(\.message) == ["notice", "warning", "error", "critical"])
    #expect(LogLevel.allCases == LogLevel.allCases.sorted())
  }

  @Test("a logger's facts stand on every line, sorted; the line's own facts win, and copies are independent")
  func metadata() {
    let memory = MemoryLogHandler()
    var log = Logger(label: "t", handler: memory)
    log["job"] = "7"
    log["executor"] = "1"
    var copy = log
    copy["executor"] = nil
    log.info("a", ["stage": "3", "job": "8", "attempt": "0"])
    copy.info("b")
    #expect(memory.events[0].metadata == ["attempt": "0", "executor": "1", "job": "8", "stage": "3"])
    #expect(memory.events[0].metadata.facts.map(\.name) == ["attempt", "executor", "job", "stage"])
    #expect(memory.events[1].metadata == ["job": "7"])
  }

  @Test("text lines carry time, level, label, message and quoted facts")
  func text() {
    let lines = Lines()
    let log = Logger(label: "driver.scheduler", handler: TextLogHandler(time: time, sink: lines.write))
    log.warning("executor lost", ["reason": "socket \"x\" closed", "executor": "3", "empty": "", "path": "a\\b"])
    #expect(
      lines.all == [
        "2026-11-20T15:04:05.123456Z WARNING  driver.scheduler executor lost "
          + "empty=\"\" executor=3 path=\"a\\\\b\" reason=\"socket \\\"x\\\" closed\"\n"
      ])
  }

  @Test(
    "nobody can forge a line, whatever stands in message, label or facts",
    arguments: ["\n", "\r", "\r\n", "\u{1B}", "\0", "\u{85}", "\u{2028}", "\u{202E}", "\u{7F}"])
  func forgery(poison: String) {
    let lines = Lines()
    let text = TextLogHandler(time: time, sink: lines.write)
    let both = MultiplexLogHandler([text, JSONLogHandler(time: time, sink: lines.write)])
    Logger(label: "l\(poison)", handler: both).info("m\(poison)x", ["f\(poison)": "v\(poison)"])
    #expect(lines.all.count == 2)
    for line in lines.all {
      #expect(line.last == "\n")
      for scalar in poison.unicodeScalars {
        #expect(!line.dropLast().unicodeScalars.contains(scalar))
      }
    }
  }

  @Test("JSON lines escape quotation marks, backslashes and control characters, and keep the rest")
  func json() {
    let lines = Lines()
    let log = Logger(label: "d", handler: JSONLogHandler(time: time, sink: lines.write))
    log.info("a \"b\" \\ \n\t\u{1} é 🚕", ["k": "v"])
    log.info("plain")
    #expect(
      lines.all == [
        #"{"time":"2026-11-20T15:04:05.123456Z","level":"info","label":"d","#
          + #""message":"a \"b\" \\ \n\t\u0001 é 🚕","facts":{"k":"v"}}"# + "\n",
        #"{"time":"2026-11-20T15:04:05.123456Z","level":"info","label":"d","message":"plain","facts":{}}"# + "\n",
      ])
  }

  @Test("the settings of the log have their effect")
  func settings() throws {
    let lines = Lines()
    let configuration = try Configuration(
      registry: ConfigurationRegistry([LogKeys()]), commandLine: ["flint.log.level=warning", "flint.log.format=json"])
    let log = Logger(label: "d", configuration: configuration, time: time, sink: lines.write)
    log.info("dropped")
    log.warning("kept")
    #expect(lines.all.count == 1)
    #expect(lines.all.first?.hasPrefix("{") == true)
  }

  @Test("the log in memory keeps the last lines")
  func memory() {
    let memory = MemoryLogHandler(capacity: 3)
    let log = Logger(label: "t", handler: memory)
    for number in 0..<20 {
      log.info("\(number)")
      let last = (max(0, number - 2)...number).map { "\($0)" }
      #expect(memory.events.map(\.message) == last)
    }
  }
}
