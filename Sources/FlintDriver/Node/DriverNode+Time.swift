internal import FlintCore
internal import FlintScheduling

/// What happens because time passes.
extension DriverNode {
  /// The task scheduler wants a tick at `time`.
  func wake(at time: MonotonicInstant) {
    wishes.insert(time)
    setTimer()
  }

  private func setTimer() {
    guard let first = wishes.first, first < timerIsFor else { return }
    timer?.cancel()
    timerIsFor = first
    timer = Task(executorPreference: context.executors.control) {
      guard (try? await self.context.time.sleep(until: first)) != nil else { return }
      await self.ring(first)
    }
  }

  private func ring(_ time: MonotonicInstant) {
    guard timerIsFor == time, !isStopping else { return }
    timerIsFor = .distantFuture
    while let first = wishes.first, first <= now { _ = wishes.popFirst() }
    tell(.tick)
    setTimer()
  }

  // MARK: Heartbeats

  /// Starts to look at executors, progress and the event log: once every ``Limits/heartbeatInterval``, and when an executor's
  /// silence has become long enough for a step.
  func beat() {
    guard heart == nil, !isStopping else { return }
    heart = Task(executorPreference: context.executors.control) { [context] in
      while (try? await context.time.sleep(until: await self.nextLook)) != nil { await self.look() }
    }
  }

  private var nextLook: MonotonicInstant {
    let regular = now.advanced(by: limits.heartbeatInterval)
    guard let due = monitor.due else { return regular }
    return min(regular, max(due, now.advanced(by: .milliseconds(1))))
  }

  private func look() {
    for action in monitor.handle(.tick, at: now) { follow(action) }
    checkCapacity()
    checkProgress()
    events.flush()
    progress.show(at: now)
  }

  /// How long jobs wait for a first or another executor.
  private func checkCapacity() {
    guard members.isEmpty, let since = emptySince, jobs.values.contains(where: { $0.ending == nil }) else { return }
    guard since.duration(to: now) >= limits.excludedWait else { return }
    emptySince = now
    tell(.capacityGone)
  }

  /// Says what waits for what when nothing has moved for too long.
  private func checkProgress() {
    let active = stages.activeJobs
    guard !active.isEmpty else {
      lastProgress = now
      return
    }
    guard lastProgress.duration(to: now) >= limits.noProgressAfter else { return }
    lastProgress = now
    context.log.warning("nothing has moved for \(limits.noProgressAfter.exactText)\n\(standstill)")
  }

  /// What waits for what, a line each.
  var standstill: String {
    var lines: [String] = []
    for wait in tasks.waits() { lines.append("  \(wait.taskCount) tasks of \(wait.stage) wait: \(wait.reason.words)") }
    for executor in members.keys.sorted() {
      for attempt in (members[executor]?.running ?? []).sorted() {
        let age = tries[attempt].map { $0.startedAt.duration(to: now).exactText } ?? "an unknown time"
        let state = fetches[attempt] == nil ? "runs on" : "has ended, and its result is fetched from"
        lines.append("  \(attempt) \(state) \(executor) for \(age)")
      }
    }
    return lines.isEmpty ? "  nothing runs, and nothing waits" : lines.joined(separator: "\n")
  }
}

extension StageWait.Reason {
  fileprivate var words: String {
    switch self {
    case .noExecutor: "there is no executor"
    case .noneTakesTasks: "every executor is silent or on its way out"
    case .excluded: "every executor that takes tasks is excluded from these, after failures"
    case .slots: "every slot is taken"
    case .barrier(let needed, let free): "they must start together, and \(free) of \(needed) slots are free"
    case .nearerPlace: "slots are free, but not near their data"
    }
  }
}
