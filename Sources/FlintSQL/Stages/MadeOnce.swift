internal import Synchronization

/// A value that many tasks need and the first of them makes; the others wait for it. Who fails leaves it to the next.
final class MadeOnce<Value: Sendable>: Sendable {
  private enum State {
    case nothing
    case making([CheckedContinuation<Value?, Never>])
    case made(Value)
  }

  /// What is to be done by who asks.
  private enum Turn {
    case take(Value)
    case make
    case wait
  }

  private let state = Mutex(State.nothing)

  init() {}

  func value(_ make: () throws -> Value) async throws -> Value {
    while true {
      switch turn() {
      case .take(let value): return value
      case .make: return try made(by: make)
      case .wait: if let value = await waited() { return value }
      }
    }
  }

  private func turn() -> Turn {
    state.withLock { state in
      switch state {
      case .made(let value): return .take(value)
      case .making: return .wait
      case .nothing:
        state = .making([])
        return .make
      }
    }
  }

  private func made(by make: () throws -> Value) throws -> Value {
    do {
      let value = try make()
      end(.made(value), value)
      return value
    } catch {
      end(.nothing, nil)
      throw error
    }
  }

  private func end(_ next: State, _ value: Value?) {
    let waiting = state.withLock { state in
      defer { state = next }
      if case .making(let waiting) = state { return waiting }
      return []
    }
    for each in waiting { each.resume(returning: value) }
  }

  /// The value once it is made; nil when that failed, or somebody was faster than this.
  private func waited() async -> Value? {
    await withCheckedContinuation { continuation in
      let isWaiting = state.withLock { state in
        guard case .making(var waiting) = state else { return false }
        waiting.append(continuation)
        state = .making(waiting)
        return true
      }
      if !isWaiting { continuation.resume(returning: nil) }
    }
  }
}
