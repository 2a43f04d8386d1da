package import FlintCore
internal import Glibc

/// What the kernel's clocks show; see ``SystemTime`` for which one counts for what.
package enum SystemClock {
  /// CLOCK_BOOTTIME: time since the machine was started, suspended or not.
  package static var monotonicNow: MonotonicInstant {
    let now = read(CLOCK_BOOTTIME)
    return MonotonicInstant(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
  }

  static func read(_ identifier: clockid_t) -> timespec {
    var time = timespec()
    let result = clock_gettime(identifier, &time)
    precondition(result == 0, "the system has no clock \(identifier)")
    return time
  }
}
