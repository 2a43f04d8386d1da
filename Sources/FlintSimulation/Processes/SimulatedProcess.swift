public import FlintCore

/// A simulated process, in the hands of a scenario: to pause, to kill, and to wait for.
public struct SimulatedProcess: Sendable {
  let state: Confined<ProcessState>

  init(_ state: ProcessState) {
    self.state = Confined(state)
  }

  /// Host, program and number: `replica0/replica#3`.
  public var name: String { state.value.life.name }

  /// How it ended; nil while it lives.
  public var exit: ProcessExit? { state.value.exit }

  /// What its main function threw; nil when it threw nothing.
  public var lastError: String? { state.value.mainError }

  /// Whether its code is what runs now.
  public var isActing: Bool { state.value.isActing }

  /// What it had in hand when its main function returned; nil while it lives, and when it ended otherwise.
  public var leftovers: ProcessLeftovers? { state.value.leftovers }

  /// The most that it had at once until now.
  public var peaks: ProcessPeaks { state.value.peaks }

  /// Ends it at once, as SIGKILL does: no code of it runs again, what it wrote to files stays, its sockets are closed by
  /// the system.
  public func kill() { state.value.end(.killedByUnknown) }

  /// Ends it as the kernel does when memory runs out.
  public func killForMemory() { state.value.end(.killedForMemory(evidence: "simulated")) }

  /// Asks it to end: SIGTERM.
  public func terminate() { state.value.requestEnd(.terminate) }

  /// Nothing of it runs until ``resume()``, while time goes on: SIGSTOP.
  public func pause() { state.value.pause() }

  /// Lets it go on: SIGCONT.
  public func resume() { state.value.resume() }

  /// Lets each of its timers fire late, by a random time up to `bound`.
  public func delayTimers(upTo bound: Duration) { state.value.clock.lateness = bound }

  /// Waits for its end.
  public func waitForExit() async throws -> ProcessExit { try await state.value.awaitExit(for: .world) }
}
