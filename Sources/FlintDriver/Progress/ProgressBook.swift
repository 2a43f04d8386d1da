internal import FlintCore
internal import FlintScheduling

/// Shows how far the stages that run have come: a line each, with partitions that are done of all that there are, and apart
/// from these how many tries run. A stage stands at its full count only when all of it is done.
struct ProgressBook {
  private struct Line {
    let name: String
    let total: Int
    var done: Int
    var running = 0
    var tries = 0
  }

  /// How often lines are written where they are not written over.
  private static let pause: Duration = .seconds(5)
  private static let barLength = 24

  private let form: DriverOptions.Progress
  private let sink: LogSink
  private var lines: [StageAttempt: Line] = [:]
  /// How many lines stand on the terminal that are to be written over.
  private var standing = 0
  private var lastShown: MonotonicInstant?
  private var lastText = ""

  init(_ form: DriverOptions.Progress, sink: @escaping LogSink) {
    self.form = form
    self.sink = sink
  }

  // MARK: Events

  mutating func submitted(_ set: TaskSet, name: String, total: Int) {
    guard form != .none else { return }
    lines[set.stage] = Line(name: name, total: total, done: total - set.partitions.count)
  }

  mutating func launched(_ attempt: TaskAttempt) {
    guard form != .none else { return }
    lines[attempt.task.stage]?.running += 1
    lines[attempt.task.stage]?.tries += 1
  }

  /// A try is over.
  mutating func ended(_ attempt: TaskAttempt) {
    guard form != .none else { return }
    lines[attempt.task.stage]?.running -= 1
  }

  /// A partition is done.
  mutating func finished(_ attempt: TaskAttempt) {
    guard form != .none else { return }
    let stage = attempt.task.stage
    lines[stage]?.done += 1
    if let line = lines[stage], line.done >= line.total { lines[stage] = nil }
  }

  /// A stage's attempt is over.
  mutating func ended(_ stage: StageAttempt) { lines[stage] = nil }

  // MARK: Showing

  /// Writes what has changed, when it is time.
  mutating func show(at now: MonotonicInstant) {
    switch form {
    case .none: return
    case .lines:
      if let last = lastShown, last.duration(to: now) < Self.pause { return }
      let text = self.text
      guard !text.isEmpty, text != lastText else { return }
      lastShown = now
      lastText = text
      sink(Array((text + "\n").utf8))
    case .terminal:
      let text = self.text
      guard text != lastText || text.isEmpty && standing > 0 else { return }
      lastText = text
      sink(Array((erasure + (text.isEmpty ? "" : text + "\n")).utf8))
      standing = text.isEmpty ? 0 : text.split(separator: "\n").count
    }
  }

  /// Removes what stands on the terminal.
  mutating func finish() {
    guard form == .terminal, standing > 0 else { return }
    sink(Array(erasure.utf8))
    standing = 0
  }

  /// Goes back to the first line that stands there, and clears from there on.
  private var erasure: String { standing > 0 ? "\u{1B}[\(standing)A\u{1B}[J" : "" }

  /// A line a stage, older ones first.
  private var text: String {
    lines.sorted { $0.key < $1.key }.map { stage, line in
      let filled = line.total == 0 ? 0 : line.done * Self.barLength / line.total
      let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: Self.barLength - filled)
      let again = line.tries > line.done + line.running ? ", \(line.tries) tries" : ""
      return "\(stage.stage) \(line.name.visible) [\(bar)] \(line.done)/\(line.total), \(line.running) running\(again)"
    }.joined(separator: "\n")
  }
}
