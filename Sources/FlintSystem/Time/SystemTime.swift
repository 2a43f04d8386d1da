public import FlintCore
internal import Glibc

/// The machine's clocks.
///
/// The monotonic one is CLOCK_BOOTTIME: it goes on while the machine is suspended. A node that has slept must find its
/// leases expired, as everybody else does; on a clock that had stood still it would go on believing in them.
public struct SystemTime: TimeSource {
  private let watcher: SystemWatcher

  /// Throws `too-many-open-files` or `resource-exhausted` when the process's first clock finds no room for its thread.
  public init() throws(FlintError) {
    watcher = try SystemWatcher.shared()
  }

  /// Time since the machine was started, suspended or not.
  public var now: MonotonicInstant { SystemClock.monotonicNow }

  /// The machine's calendar; it jumps when somebody sets it.
  public var wallTime: WallTime {
    let now = SystemClock.read(CLOCK_REALTIME)
    return WallTime(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000)
  }

  /// Returns at `deadline` or a little later; a suspended machine catches up when it wakes.
  public func sleep(until deadline: MonotonicInstant) async throws {
    try await watcher.sleep(until: deadline)
  }
}
