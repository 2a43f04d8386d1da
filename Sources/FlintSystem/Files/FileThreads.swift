public import FlintCore
internal import Synchronization

/// The few threads of a process that may wait for a disk, or for another call of the system that blocks.
///
/// Calls are taken first come first served. They end with the object: what is queued is still done.
public final class FileThreads: Sendable {
  /// How many threads are enough for one node's disks.
  public static let defaultCount = 4
  /// How many calls may wait. Each holds back its caller, so this is out of reach of a program that is well.
  public static let defaultQueueLimit = 65_536

  private let calls: Monitor<FileCalls>
  private let nextIdentifier = Atomic<UInt64>(0)

  /// Starts `count` threads, before which at most `queueLimit` calls wait. Throws `resource-exhausted` when the system
  /// has no room for them.
  public init(
    count: Int = FileThreads.defaultCount, queueLimit: Int = FileThreads.defaultQueueLimit
  ) throws(FlintError) {
    precondition(count > 0 && queueLimit > 0, "\(count) file threads with a queue of \(queueLimit) can do nothing")
    let calls = Monitor(FileCalls(limit: queueLimit))
    self.calls = calls
    for index in 0..<count {
      // The threads know the queue alone, so that they do not keep their owner alive.
      try SystemThread.start(name: "flint-file-\(index)", stackSize: SystemThread.smallStack) {
        while let call = calls.wait(for: { $0.next() }) { call.run() }
      }
    }
  }

  deinit {
    calls.withLock(waking: .all) { $0.isClosed = true }
  }

  /// Runs `work` on a file thread. When the current Swift task is cancelled, work that waits is dropped with
  /// `CancellationError` and work that has begun runs to its end. A full queue is a `resource-exhausted`.
  package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    let identifier = nextIdentifier.add(1, ordering: .relaxed).newValue
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let call = FileCall(
          run: { continuation.resume(with: Result { try work() }) },
          fail: { continuation.resume(throwing: $0) })
        let refusal = calls.withLock(waking: .one) { calls -> (any Error)? in
          // A cancellation from now on finds the call in the queue; an earlier one shows here.
          if Task.isCancelled { return CancellationError() }
          return calls.append(call, identifier)
        }
        if let refusal { call.fail(refusal) }
      }
    } onCancel: {
      calls.withLock { $0.remove(identifier) }?.fail(CancellationError())
    }
  }

  /// Runs `work` even when the current Swift task is cancelled and the queue is full: for what must not be left undone.
  package func runAlways<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      perform { continuation.resume(with: Result { try work() }) }
    }
  }

  /// Runs `work` some time from now, and tells nobody.
  package func perform(_ work: @escaping @Sendable () -> Void) {
    let identifier = nextIdentifier.add(1, ordering: .relaxed).newValue
    calls.withLock(waking: .one) { $0.appendAlways(FileCall(run: work, fail: { _ in }), identifier) }
  }
}
