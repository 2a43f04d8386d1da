internal import FlintCore

/// A call that waits for a file thread.
struct FileCall: Sendable {
  let run: @Sendable () -> Void
  /// Tells the caller that the call will not be run.
  let fail: @Sendable (any Error) -> Void
}

/// The queue before the file threads: in the order in which the calls came, and any of them can be withdrawn.
struct FileCalls {
  let limit: Int
  var isClosed = false
  /// Holds the identifiers of withdrawn calls too, until their turn comes.
  private var order = Queue<UInt64>()
  private var waiting: [UInt64: FileCall] = [:]

  init(limit: Int) {
    self.limit = limit
  }

  /// Adds a call, or says why there is no room for it.
  mutating func append(_ call: FileCall, _ identifier: UInt64) -> FlintError? {
    guard waiting.count < limit else {
      return FlintError(
        .resourceExhausted, "\(limit) calls already wait for the file threads",
        why: "the disk is slower than its users",
        remedy: "start fewer files at once, or find out what slows the disk")
    }
    appendAlways(call, identifier)
    return nil
  }

  mutating func appendAlways(_ call: FileCall, _ identifier: UInt64) {
    order.append(identifier)
    waiting[identifier] = call
  }

  /// Takes a call out before its turn; nil when it has begun.
  mutating func remove(_ identifier: UInt64) -> FileCall? {
    waiting.removeValue(forKey: identifier)
  }

  /// The call whose turn it is. The outer nil says to wait, the inner one that no call will ever come.
  mutating func next() -> FileCall?? {
    while let identifier = order.popFirst() {
      if let call = waiting.removeValue(forKey: identifier) { return .some(.some(call)) }
    }
    return isClosed ? .some(nil) : nil
  }
}
