internal import CFlint
public import FlintCore
internal import Glibc
internal import Synchronization

/// The signals with which people and supervisors ask the process to end.
///
/// Signals belong to the whole process: a stream changes what SIGTERM and SIGINT do, for everybody, as long as it lasts.
public enum SystemSignals {
  private struct State {
    var pipe: (reading: Descriptor, writing: Descriptor)?
    var listeners: [UInt64: AsyncStream<ProcessSignal>.Continuation] = [:]
    var nextListener: UInt64 = 0
  }

  private static let state = Mutex(State())
  private static let forwarded: [ProcessSignal] = [.terminate, .interrupt]

  /// SIGTERM and SIGINT as they arrive: `.terminate` and `.interrupt`. They no longer end the process, until every stream
  /// has ended: after that they do again. Each stream gets each signal; the system merges those that come at once.
  ///
  /// Throws `too-many-open-files` or `resource-exhausted` when the process has no room to listen.
  public static func endRequests() throws(FlintError) -> AsyncStream<ProcessSignal> {
    let watcher = try SystemWatcher.shared()
    let (stream, continuation) = AsyncStream.makeStream(of: ProcessSignal.self, bufferingPolicy: .bufferingNewest(16))
    let outcome = state.withLock { state in
      Result { () throws(FlintError) in try add(continuation, to: &state, watcher) }
    }
    let listener = try outcome.get()
    continuation.onTermination = { _ in remove(listener) }
    return stream
  }

  private static func add(
    _ continuation: AsyncStream<ProcessSignal>.Continuation, to state: inout State, _ watcher: SystemWatcher
  ) throws(FlintError) -> UInt64 {
    if state.pipe == nil {
      // Made once and never closed: a handler may be about to write to it at any time.
      var ends: [CInt] = [-1, -1]
      _ = try systemCall("cannot make a pipe for signals") { flint_pipe(&ends) }
      let pipe = (reading: Descriptor(adopting: ends[0]), writing: Descriptor(adopting: ends[1]))
      try pipe.reading.setNonBlocking()
      try pipe.writing.setNonBlocking()
      state.pipe = pipe
      listen(pipe.reading, watcher)
    }
    guard let pipe = state.pipe else { preconditionFailure("the pipe was made above") }
    if state.listeners.isEmpty {
      for signal in forwarded {
        _ = try systemCall("cannot catch a signal") { flint_signal_forward(signal.number, pipe.writing.number) }
      }
    }
    state.nextListener += 1
    state.listeners[state.nextListener] = continuation
    return state.nextListener
  }

  private static func remove(_ listener: UInt64) {
    state.withLock { state in
      state.listeners[listener] = nil
      guard state.listeners.isEmpty else { return }
      for signal in forwarded { _ = flint_signal_restore(signal.number) }
    }
  }

  // MARK: On the watcher's thread

  private static func listen(_ reading: Descriptor, _ watcher: SystemWatcher) {
    watcher.watch(reading.number, .reading) { failure in
      guard failure == nil else { return }
      deliver(reading)
      listen(reading, watcher)
    }
  }

  private static func deliver(_ reading: Descriptor) {
    var numbers = [UInt8](repeating: 0, count: 64)
    let count = read(reading.number, &numbers, numbers.count)
    let listeners = state.withLock { Array($0.listeners.values) }
    for number in numbers.prefix(max(count, 0)) {
      guard let signal = forwarded.first(where: { $0.number == CInt(number) }) else { continue }
      for listener in listeners { listener.yield(signal) }
    }
  }
}
