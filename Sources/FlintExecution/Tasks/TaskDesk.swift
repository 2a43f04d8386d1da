internal import FlintCore
internal import FlintWire
internal import Synchronization

/// The tries that an executor has: those that run, those that wait for one of its slots, and the ends that nobody was told of.
///
/// Whoever ends a try starts the one that waits longest, on the same task thread: the control loop has no part in it. While
/// tries wait, ends are collected, so that the loop is woken for many of them at once; it also looks by itself, since the next
/// end may be long in coming.
final class TaskDesk: Sendable {
  /// A try that was launched.
  struct Entry: Sendable {
    let task: RunningTask
    let loading: Task<LoadedStage, any Error>
  }

  /// A try that runs.
  struct Running: Sendable {
    let task: RunningTask
    /// Its executor, which may not go before it.
    let threads: any TaskExecutor
    let work: Task<Void, Never>
  }

  /// What became of a try.
  struct Ended: Sendable {
    let task: RunningTask
    let update: StatusUpdate
  }

  /// What somebody who asks for a try gets.
  enum Found: Sendable {
    case nothing
    /// It had not begun, and never will.
    case waiting(RunningTask)
    case running(Running)
  }

  private struct State {
    var waiting: [Entry] = []
    var running: [Running] = []
    var ended: [Ended] = []
    /// The loop was told that there are ends, and has not taken them.
    var isAnnounced = false
    var isClosed = false
    /// Those who wait until nothing is left.
    var resters: [UnsafeContinuation<Void, Never>] = []
    var announce: @Sendable () -> Void = {}

    var isIdle: Bool { running.isEmpty && waiting.isEmpty && ended.isEmpty && !isAnnounced }
  }

  private let state = Mutex(State())
  private let executors: any Executors
  private let slotCount: Int
  /// How many ends are told without waiting for more.
  private let bunch: Int

  /// A desk without tries.
  init(_ executors: any Executors, limits: Limits) {
    self.executors = executors
    slotCount = executors.taskThreadCount
    bunch = max(1, limits.tasksAhead / 2)
  }

  /// Has `body` called, on any thread, when there are ends to be taken, and then again only after ``take()``.
  func announce(by body: @escaping @Sendable () -> Void) { state.withLock { $0.announce = body } }

  // MARK: The control loop

  /// Starts a try, or lets it wait; returns whether it waits.
  func add(_ entry: Entry) -> Bool {
    state.withLock { state in
      guard state.running.count >= slotCount else {
        start(entry, &state)
        return false
      }
      state.waiting.append(entry)
      return true
    }
  }

  /// The tries that run.
  var runningAttempts: [TaskAttempt] { state.withLock { $0.running.map(\.task.attempt) }.sorted() }

  /// Whether any try waits to begin.
  var hasWaiting: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// Finds a try. One that waits is taken out.
  func find(_ attempt: TaskAttempt) -> Found {
    state.withLock { state in
      if let running = state.running.first(where: { $0.task.attempt == attempt }) { return .running(running) }
      guard let index = state.waiting.firstIndex(where: { $0.task.attempt == attempt }) else { return .nothing }
      return .waiting(state.waiting.remove(at: index).task)
    }
  }

  /// Takes out all that wait.
  func takeWaiting() -> [RunningTask] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting.map(\.task)
    }
  }

  /// Takes the ends that there are.
  func take() -> [Ended] {
    let (ended, resters) = state.withLock { state in
      defer {
        state.ended.removeAll(keepingCapacity: true)
        state.isAnnounced = false
      }
      let isOver = state.running.isEmpty && state.waiting.isEmpty
      let resters = isOver ? state.resters : []
      if isOver { state.resters = [] }
      return (state.ended, resters)
    }
    for rester in resters { rester.resume() }
    return ended
  }

  /// Starts nothing any more, and forgets what waits; returns what still runs.
  func close() -> [Running] {
    state.withLock { state in
      state.isClosed = true
      state.waiting = []
      return state.running
    }
  }

  /// Returns once no try runs or waits, and every end was taken.
  func rest() async {
    await withUnsafeContinuation { continuation in
      let isIdle = state.withLock { state in
        if !state.isIdle { state.resters.append(continuation) }
        return state.isIdle
      }
      if isIdle { continuation.resume() }
    }
  }

  // MARK: The task threads

  private func start(_ entry: Entry, _ state: inout State) {
    let threads = executors.tasks(for: entry.task.meter)
    let work = Task(executorPreference: threads) { [self] in
      ended(entry.task, await TaskRunner.run(entry.task, of: entry.loading))
    }
    state.running.append(Running(task: entry.task, threads: threads, work: work))
  }

  private func ended(_ task: RunningTask, _ update: StatusUpdate) {
    let announce: (@Sendable () -> Void)? = state.withLock { state in
      state.running.removeAll { $0.task === task }
      state.ended.append(Ended(task: task, update: update))
      if !state.waiting.isEmpty, !state.isClosed { start(state.waiting.removeFirst(), &state) }
      guard !state.isAnnounced, state.waiting.isEmpty || state.ended.count >= bunch else { return nil }
      state.isAnnounced = true
      return state.announce
    }
    announce?()
  }
}
