internal import FlintCore

/// Lives as long as the driver has a copy of a broadcast; then its content is let go everywhere.
final class BroadcastLease: Sendable {
  private let id: BroadcastID
  private let runtime: any ApplicationRuntime

  init(_ id: BroadcastID, _ runtime: any ApplicationRuntime) {
    self.id = id
    self.runtime = runtime
  }

  deinit { runtime.release(id) }
}
