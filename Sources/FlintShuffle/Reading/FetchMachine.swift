internal import FlintCore
internal import FlintWire

/// Decides what a reader asks others for, and when: how many bytes are on their way at once, what is tried again, and when
/// a map output counts as lost.
///
/// Each output is fetched part by part, one part at a time, several outputs side by side. It is owned by the reader's
/// ``ShuffleFetcher``. Not its job: the bytes, and waiting.
struct FetchMachine {
  /// One part of what one map task wrote. `life` tells late parts of an output that was begun again.
  struct Part: Hashable {
    let output: Int
    let life: Int
    let offset: UInt64
    let count: UInt64
  }

  enum Action: Hashable {
    case fetch(Part)
    /// Call ``retry(_:)`` when the wait after so many failures is over.
    case wait(output: Int, failures: Int)
    case giveUp(output: Int)
  }

  /// Why a part did not come.
  enum Failure: Hashable {
    /// The peer cannot be reached, or took too long: later it may be there.
    case unreachable
    /// What came is damaged: once this may have happened on the way.
    case damaged
    /// Nobody has it any more.
    case gone
  }

  private enum Phase { case ready, fetching, waiting, done }

  private struct Output {
    let byteCount: UInt64
    var next: UInt64 = 0
    var phase = Phase.ready
    var failures = 0
    var damages = 0
    var life = 0
  }

  private let request: UInt64
  private let window: UInt64
  private let attempts: Int
  private var outputs: [Output]
  /// Bytes that were asked for and are not used up yet.
  private var inFlight: UInt64 = 0

  /// Outputs of these sizes; at most `window` bytes are on their way or wait to be used.
  init(byteCounts: [UInt64], request: UInt64, window: UInt64, attempts: Int) {
    precondition(request > 0 && window >= request && attempts > 0, "\(attempts) tries of \(request) in \(window)")
    (self.request, self.window, self.attempts) = (request, window, attempts)
    outputs = byteCounts.map { Output(byteCount: $0, phase: $0 == 0 ? .done : .ready) }
  }

  /// Whether everything has come.
  var isDone: Bool { outputs.allSatisfy { $0.phase == .done } }

  /// Whether a part belongs to what is wanted now.
  func isCurrent(_ part: Part) -> Bool { outputs[part.output].life == part.life }

  /// Begins.
  mutating func start() -> [Action] { advance() }

  /// A part has come, and waits to be used.
  mutating func arrived(_ part: Part) -> [Action] {
    guard isCurrent(part) else { return used(part) }
    var output = outputs[part.output]
    precondition(output.phase == .fetching && output.next == part.offset, "a part came that nobody asked for")
    output.next += part.count
    output.failures = 0
    output.phase = output.next == output.byteCount ? .done : .ready
    outputs[part.output] = output
    return advance()
  }

  /// A part that had come is used up, or thrown away.
  mutating func used(_ part: Part) -> [Action] {
    precondition(inFlight >= part.count, "more is used than came")
    inFlight -= part.count
    return advance()
  }

  /// A part did not come.
  mutating func failed(_ part: Part, _ failure: Failure) -> [Action] {
    inFlight -= part.count
    guard isCurrent(part) else { return advance() }
    return fail(part.output, failure) + advance()
  }

  /// What came of an output from `offset` on is damaged, although it came as it was sent.
  mutating func damaged(_ output: Int, from offset: UInt64) -> [Action] {
    outputs[output].life += 1
    outputs[output].next = offset
    return fail(output, .damaged) + advance()
  }

  /// The wait after a failure is over.
  mutating func retry(_ output: Int) -> [Action] {
    guard outputs[output].phase == .waiting else { return [] }
    outputs[output].phase = .ready
    return advance()
  }

  // MARK: Helpers

  private mutating func fail(_ output: Int, _ failure: Failure) -> [Action] {
    var state = outputs[output]
    switch failure {
    case .gone: state.failures = attempts
    case .unreachable: state.failures += 1
    case .damaged:
      state.damages += 1
      // Twice the same: it is not the way that damages it.
      if state.damages > 1 { state.failures = attempts }
    }
    state.phase = failure == .damaged ? .ready : .waiting
    outputs[output] = state
    guard state.failures < attempts else {
      outputs[output].phase = .waiting
      return [.giveUp(output: output)]
    }
    return failure == .damaged ? [] : [.wait(output: output, failures: state.failures)]
  }

  private mutating func advance() -> [Action] {
    var actions: [Action] = []
    for index in outputs.indices where outputs[index].phase == .ready {
      let output = outputs[index]
      let count = min(request, output.byteCount - output.next)
      // Something must be on its way, however small the window is.
      guard inFlight == 0 || inFlight + count <= window else { break }
      inFlight += count
      outputs[index].phase = .fetching
      actions.append(.fetch(Part(output: index, life: output.life, offset: output.next, count: count)))
    }
    return actions
  }
}
