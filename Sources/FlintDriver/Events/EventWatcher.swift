#if DEBUG
  internal import Synchronization

  /// Who sees every line of the event logs of this process's drivers at the moment at which it is written, and may hold the
  /// driver up there: programs of tests, which do their harm at events. Release builds do not have it.
  package enum EventWatcher {
    private static let watcher = Mutex<(@Sendable ([UInt8]) -> Void)?>(nil)

    /// To be called before the session begins.
    package static func install(_ watcher: @escaping @Sendable ([UInt8]) -> Void) {
      self.watcher.withLock { $0 = watcher }
    }

    static var installed: (@Sendable ([UInt8]) -> Void)? { watcher.withLock { $0 } }
  }
#endif
