extension Engine {
  /// Counts that a rare path was taken.
  func probe(_ name: String) {
    probes[name, default: 0] += 1
  }

  /// Adds facts to the trace's hash, and a line to its text where somebody asked for one.
  func note(_ kind: TraceEvent, _ first: UInt64, _ second: UInt64 = 0, _ text: @autoclosure () -> String) {
    trace.add(kind, at: now, first, second)
    say(text())
  }

  /// Adds a line to the trace's text only.
  func say(_ text: @autoclosure () -> String) {
    trace.record?(Engine.stamp(now) + " " + text())
  }

  /// Virtual time as seconds with microseconds, in a column.
  private static func stamp(_ nanoseconds: Int64) -> String {
    let micros = String(nanoseconds / 1000 % 1_000_000)
    let seconds = String(nanoseconds / 1_000_000_000)
    let padding = String(repeating: " ", count: max(0, 5 - seconds.count))
    return padding + seconds + "." + String(repeating: "0", count: 6 - micros.count) + micros
  }
}
