import FlintCore
import Testing

@Suite("Errors")
struct FlintErrorTests {
  private let error = FlintError(
    .fileNotFound, "nothing matches trips/*.csv", why: "the directory trips holds 2020, 2021",
    remedy: "trips/*/*.csv", at: SourceLocation(file: "Jobs/Taxi.swift", line: 12),
    cause: FlintError(
      .inputOutput, "cannot list trips", why: "the disk answered EIO",
      cause: FlintError(.connectionLost, "the mount is gone", remedy: "mount it again")))

  @Test("a terminal shows what, where, why, the chain of causes and what to try")
  func rendering() {
    #expect(
      error.rendered() == """
        error[file-not-found] nothing matches trips/*.csv
          at Jobs/Taxi.swift:12
          because the directory trips holds 2020, 2021
          caused by [input-output] cannot list trips (the disk answered EIO)
          caused by [connection-lost] the mount is gone
          try: trips/*/*.csv
          try: mount it again
        """)
  }

  @Test("a log shows the same in one line")
  func description() {
    let line = """
      [file-not-found] nothing matches trips/*.csv (the directory trips holds 2020, 2021), at Jobs/Taxi.swift:12, \
      caused by [input-output] cannot list trips (the disk answered EIO), caused by [connection-lost] the mount is gone
      """
    #expect(error.description == line)
  }

  @Test("an error with nothing but a code and a sentence is one line")
  func smallest() {
    #expect(FlintError(.diskFull, "no space").rendered() == "error[disk-full] no space")
  }

  @Test("colour is added only when asked for, and takes nothing away")
  func colour() {
    let coloured = error.rendered(inColour: true)
    #expect(coloured.contains("\u{1B}[1;31merror[file-not-found]\u{1B}[0m"))
    #expect(!error.rendered().contains("\u{1B}"))
    let plain = coloured.split(separator: "\u{1B}[").map { part in
      part.drop { $0.isNumber || $0 == ";" }.drop { $0 == "m" }
    }.joined()
    // The letters of the first part come before any colour, and each colour starts with digits.
    #expect(plain.contains("nothing matches trips/*.csv"))
  }

  @Test("texts from outside neither steer the terminal nor forge a line of the log")
  func hostileText() {
    let error = FlintError(.inputOutput, "bad\u{1B}[2J file\r\n  try: rm", cause: ForeignError(text: "x\u{7}"))
    #expect(error.rendered() == "error[input-output] bad\\u{1b}[2J file\n        try: rm\n  caused by x\\u{7}")
    #expect("\(error)" == "[input-output] bad\\u{1b}[2J file\\r\\n  try: rm, caused by x\\u{7}")
  }

  @Test("a secret in an error's sentence stays hidden")
  func secrets() {
    let secret = Secret(Array("hunter2".utf8))
    let error = FlintError(.invalidSetting, "cannot use \(secret)", why: "because of \(String(reflecting: secret))")
    #expect(!error.rendered().contains("hunter2"))
    #expect(error.rendered().contains("<redacted>"))
  }

  private struct ForeignError: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
