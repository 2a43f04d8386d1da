internal import CFlint
internal import FlintCore
internal import Glibc
internal import Synchronization

/// A child process from its start to its end. The watcher holds it until then, so it is reaped whoever lets it go.
final class Child: Sendable {
  private struct State {
    /// Nil once the end is known.
    var descriptor: Descriptor?
    var weKilled = false
    var exit: ProcessExit?
    var waiters: [UInt64: CheckedContinuation<ProcessExit, any Error>] = [:]
    var waiterCount: UInt64 = 0
  }

  let identifier: pid_t
  private let witness: MemoryKillWitness
  private let state: Mutex<State>

  private init(identifier: pid_t, descriptor: Descriptor, witness: MemoryKillWitness) {
    self.identifier = identifier
    self.witness = witness
    state = Mutex(State(descriptor: descriptor))
  }

  /// Takes charge of a child that was just started. A child that cannot be watched is killed and reaped.
  static func adopt(_ identifier: pid_t, witness: MemoryKillWitness) throws(FlintError) -> Child {
    do throws(FlintError) {
      let number = try systemCall("cannot watch process \(identifier)") { flint_process_descriptor(identifier) }
      return Child(identifier: identifier, descriptor: Descriptor(adopting: number), witness: witness)
    } catch {
      kill(identifier, SIGKILL)
      while waitpid(identifier, nil, 0) < 0 && errno == EINTR {}
      throw error
    }
  }

  /// Learns the child's end from `watcher`, which keeps the child meanwhile.
  func watch(with watcher: SystemWatcher) {
    guard let descriptor = state.withLock({ $0.descriptor }) else { return }
    watcher.watch(descriptor.number, .reading) { failure in
      // The system had no room to watch the descriptor: the child must not be left alone, so it ends here.
      if failure != nil { self.send(.kill) }
      self.finish(descriptor, watcher)
    }
  }

  func send(_ signal: ProcessSignal) {
    state.withLock { state in
      guard let descriptor = state.descriptor else { return }
      if signal == .kill { state.weKilled = true }
      // It fails only when the child is a zombie already: the watcher will tell.
      _ = flint_process_signal(descriptor.number, signal.number)
    }
  }

  /// How the child ended, once it has. Throws `CancellationError` when the current task is cancelled.
  func exit() async throws -> ProcessExit {
    let number = state.withLock { state in
      state.waiterCount += 1
      return state.waiterCount
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<ProcessExit, any Error>? = state.withLock { state in
          if let exit = state.exit { return .success(exit) }
          // The handler below may have run already and found nobody.
          if Task.isCancelled { return .failure(CancellationError()) }
          state.waiters[number] = continuation
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(throwing: CancellationError())
    }
  }

  // MARK: The end

  /// Between two tries to take the end of a child that has one, and does not give it yet.
  private static let retryInterval = Duration.milliseconds(20)

  private func finish(_ descriptor: Descriptor, _ watcher: SystemWatcher) {
    // The child's own files in /proc tell of memory kills until the end is taken.
    let witness = witness.afterDeath(of: identifier)
    guard let end = ChildEnd.take(descriptor.number) else {
      // A debugger that traced the child gets its end first; one that was just killed takes a moment to die.
      Task {
        try? await watcher.sleep(until: SystemClock.monotonicNow.advanced(by: Child.retryInterval))
        finish(descriptor, watcher)
      }
      return
    }
    let weKilled = state.withLock { $0.weKilled }
    settle(end.cause(weKilled: weKilled) { witness.evidence() })
  }

  private func settle(_ exit: ProcessExit) {
    let waiters = state.withLock { state in
      state.exit = exit
      state.descriptor = nil
      defer { state.waiters = [:] }
      return state.waiters
    }
    for waiter in waiters.values { waiter.resume(returning: exit) }
  }
}

extension ProcessSignal {
  /// The system's number.
  var number: CInt {
    switch self {
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    case .kill: SIGKILL
    case .stop: SIGSTOP
    case .resume: SIGCONT
    }
  }
}
