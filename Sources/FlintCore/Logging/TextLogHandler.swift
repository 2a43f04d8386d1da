/// Writes lines for people: time, level, label, message, and the facts as `name=value`.
///
/// ```
/// 2026-11-20T15:04:05.123456Z WARNING driver.scheduler executor lost executor=3 reason="socket closed"
/// ```
///
/// One event is one line whatever it contains: control characters are spelled out, so nobody can forge lines or steer
/// the terminal. The time is that of the writing.
public struct TextLogHandler: LogHandler {
  private let time: any TimeSource
  private let sink: LogSink

  /// A handler that asks `time` for each line's time and gives the line to `sink`.
  public init(time: any TimeSource, sink: @escaping LogSink) {
    self.time = time
    self.sink = sink
  }

  /// Writes one line.
  public func log(_ event: LogEvent) {
    var line: [UInt8] = []
    line.reserveCapacity(160)
    time.wallTime.append(to: &line)
    line.append(contentsOf: " \(event.level.rawValue.uppercased().padded(to: 8)) \(event.label.visible) ".utf8)
    line.append(contentsOf: event.message.visible.utf8)
    for fact in event.metadata.facts {
      line.append(contentsOf: " \(Self.token(fact.name))=\(Self.token(fact.value))".utf8)
    }
    line.append(UInt8(ascii: "\n"))
    sink(line)
  }

  /// The text as it is where it is one plain word, otherwise in quotation marks.
  private static func token(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=")
          && byte != UInt8(ascii: "\\")
      }
    guard !isPlain else { return text.visible }
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(character)
    }
    return quoted.visible + "\""
  }
}
