/// Writes one JSON object a line, for programs.
///
/// ```
/// {"time":"2026-11-20T15:04:05.123456Z","level":"info","label":"driver","message":"started","facts":{"cores":"2"}}
/// ```
///
/// `facts` is always there, sorted by name, every value a string. The time is that of the writing.
public struct JSONLogHandler: LogHandler {
  private let time: any TimeSource
  private let sink: LogSink

  /// A handler that asks `time` for each line's time and gives the line to `sink`.
  public init(time: any TimeSource, sink: @escaping LogSink) {
    self.time = time
    self.sink = sink
  }

  /// Writes one object.
  public func log(_ event: LogEvent) {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    line.append(ascii: "{\"time\":\"")
    time.wallTime.append(to: &line)
    line.append(ascii: "\",\"level\":")
    line.append(json: event.level.rawValue)
    line.append(ascii: ",\"label\":")
    line.append(json: event.label)
    line.append(ascii: ",\"message\":")
    line.append(json: event.message)
    line.append(ascii: ",\"facts\":{")
    var isFirst = true
    for fact in event.metadata.facts {
      if !isFirst { line.append(UInt8(ascii: ",")) }
      isFirst = false
      line.append(json: fact.name)
      line.append(UInt8(ascii: ":"))
      line.append(json: fact.value)
    }
    line.append(ascii: "}}\n")
    sink(line)
  }
}

extension [UInt8] {
  /// Appends a text of the program's own, which needs no escapes.
  fileprivate mutating func append(ascii text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
