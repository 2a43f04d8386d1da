internal import FlintTasks
internal import Synchronization

/// The broadcasts that came with closures.
final class Found: Sendable {
  private let list = Mutex<[any PendingBroadcast]>([])

  var all: [any PendingBroadcast] { list.withLock { $0 } }

  func append(_ broadcast: any PendingBroadcast) {
    list.withLock { $0.append(broadcast) }
  }
}
