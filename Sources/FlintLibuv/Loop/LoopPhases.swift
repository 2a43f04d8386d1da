internal import CUV
internal import FlintCore
internal import FlintSystem

/// The handles by which libuv calls us at the places of its turn: after it has polled, before it waits, at an alarm, and
/// at once when there is work left.
final class LoopPhases {
  enum Phase { case afterPolling, beforeWaiting }

  private let check: UnsafeMutablePointer<uv_check_t>
  private let prepare: UnsafeMutablePointer<uv_prepare_t>
  private let idle: UnsafeMutablePointer<uv_idle_t>
  private let timer: UnsafeMutablePointer<uv_timer_t>
  private var turn: ((Phase) -> Void)?
  private var isBusy = false
  private var alarm: MonotonicInstant?

  init(loop: UnsafeMutablePointer<uv_loop_t>) {
    check = .allocate(capacity: 1)
    prepare = .allocate(capacity: 1)
    idle = .allocate(capacity: 1)
    timer = .allocate(capacity: 1)
    // None of these can fail.
    uv_check_init(loop, check)
    uv_prepare_init(loop, prepare)
    uv_idle_init(loop, idle)
    uv_timer_init(loop, timer)
    let this = Unmanaged.passUnretained(self).toOpaque()
    check.pointee.data = this
    prepare.pointee.data = this
    timer.pointee.data = this
  }

  deinit {
    check.deallocate()
    prepare.deallocate()
    idle.deallocate()
    timer.deallocate()
  }

  func start(_ turn: @escaping (Phase) -> Void) {
    self.turn = turn
    uv_check_start(check) { handle in
      guard let this = handle?.pointee.data else { return }
      Unmanaged<LoopPhases>.fromOpaque(this)._withUnsafeGuaranteedRef { $0.turn?(.afterPolling) }
    }
    uv_prepare_start(prepare) { handle in
      guard let this = handle?.pointee.data else { return }
      Unmanaged<LoopPhases>.fromOpaque(this)._withUnsafeGuaranteedRef { $0.turn?(.beforeWaiting) }
    }
  }

  /// A busy loop does not wait for the system.
  func setBusy(_ busy: Bool) {
    guard busy != isBusy else { return }
    isBusy = busy
    if busy { uv_idle_start(idle) { _ in } } else { uv_idle_stop(idle) }
  }

  /// Ends a wait at `deadline`, or a little later.
  func setAlarm(at deadline: MonotonicInstant) {
    guard deadline != alarm else { return }
    alarm = deadline
    let rest = max(SystemClock.monotonicNow.duration(to: deadline), .zero)
    // Rounded up, so that what is due is due when the wait is over. libuv's own idea of now may be of this turn's start.
    uv_update_time(timer.pointee.loop)
    uv_timer_start(
      timer,
      { handle in
        guard let this = handle?.pointee.data else { return }
        Unmanaged<LoopPhases>.fromOpaque(this)._withUnsafeGuaranteedRef { $0.alarm = nil }
      }, UInt64(rest.nanoseconds / 1_000_000 + 1), 0)
  }

  func close() {
    turn = nil
    close(check)
    close(prepare)
    close(idle)
    close(timer)
  }

  private func close<Handle>(_ handle: UnsafeMutablePointer<Handle>) {
    UnsafeMutableRawPointer(handle).withMemoryRebound(to: uv_handle_t.self, capacity: 1) { uv_close($0, nil) }
  }
}
