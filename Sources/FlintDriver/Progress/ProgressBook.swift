internal import FlintCore
internal import FlintScheduling

/// Shows how far the stages that run have come: a line each, with partitions that are done of all that there are, and apart
/// from these how many tries run. A stage stands at its full count only when all of it is done.
struct ProgressBook {
  private struct Line {
    let name: String
    let total: Int
    /// Done before this attempt began.
    let before: Int
    var done: Int
    var running = 0
    var tries = 0
  }

  /// How often lines are written where they are not written over.
  private static let pause: Duration = .seconds(5)
  private static let barLength = 24

  private let form: DriverOptions.Progress
  private var lines: [StageAttempt: Line] = [:]
  private var lastShown: MonotonicInstant?
  private var last: [String] = []

  init(_ form: DriverOptions.Progress) {
    self.form = form
  }

  private var isOff: Bool { if case .none = form { true } else { false } }

  // MARK: Events

  mutating func submitted(_ set: TaskSet, name: String, total: Int) {
    guard !isOff else { return }
    let before = total - set.partitions.count
    lines[set.stage] = Line(name: name, total: total, before: before, done: before)
  }

  mutating func launched(_ attempt: TaskAttempt) {
    guard !isOff else { return }
    lines[attempt.task.stage]?.running += 1
    lines[attempt.task.stage]?.tries += 1
  }

  /// A try is over.
  mutating func ended(_ attempt: TaskAttempt) {
    guard !isOff else { return }
    lines[attempt.task.stage]?.running -= 1
  }

  /// A partition is done.
  mutating func finished(_ attempt: TaskAttempt) {
    guard !isOff else { return }
    let stage = attempt.task.stage
    lines[stage]?.done += 1
    if let line = lines[stage], line.done >= line.total { lines[stage] = nil }
  }

  /// Of a stage's partitions only `done` are there: others were lost with an executor.
  mutating func correct(_ stage: StageAttempt, done: Int) { lines[stage]?.done = done }

  /// A stage's attempt is over.
  mutating func ended(_ stage: StageAttempt) { lines[stage] = nil }

  // MARK: Showing

  /// Shows what has changed, when it is time.
  mutating func show(at now: MonotonicInstant) {
    switch form {
    case .none: return
    case .lines(let sink):
      if let lastShown, lastShown.duration(to: now) < Self.pause { return }
      let texts = texts
      guard !texts.isEmpty, texts != last else { return }
      (lastShown, last) = (now, texts)
      sink(texts.flatMap { Array(($0 + "\n").utf8) })
    case .terminal: refresh()
    }
  }

  /// Shows on a terminal at once what has changed: whoever waited may write there now.
  func refresh() {
    if case .terminal(let stand) = form { stand(texts) }
  }

  /// Removes what stands on the terminal.
  func finish() {
    if case .terminal(let stand) = form { stand([]) }
  }

  /// A line a stage, older ones first.
  private var texts: [String] {
    lines.sorted { $0.key < $1.key }.map { stage, line in
      let filled = line.total == 0 ? 0 : line.done * Self.barLength / line.total
      let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: Self.barLength - filled)
      let again = line.tries > line.done - line.before + line.running ? ", \(line.tries) tries" : ""
      return "\(stage.stage) \(line.name.visible) [\(bar)] \(line.done)/\(line.total), \(line.running) running\(again)"
    }
  }
}
