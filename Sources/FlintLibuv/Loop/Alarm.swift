internal import FlintCore
internal import FlintSystem

/// A call at a time, made from anywhere and withdrawn from anywhere.
final class Alarm: Sendable {
  private let loop: EventLoop
  private let setting: LoopConfined<AlarmSetting>

  fileprivate init(_ loop: EventLoop, _ setting: AlarmSetting) {
    self.loop = loop
    self.setting = LoopConfined(setting, to: loop.thread)
    loop.perform { [self] in self.setting.value.set(on: loop.core) }
  }

  /// Withdraws the call, unless it was made already.
  func cancel() {
    loop.perform { [self] in setting.value.cancel(on: loop.core) }
  }
}

/// The part of an ``Alarm`` that lives on the loop.
private final class AlarmSetting {
  private let deadline: MonotonicInstant
  private let call: @Sendable () -> Void
  private var number: UInt64?

  init(_ deadline: MonotonicInstant, _ call: @escaping @Sendable () -> Void) {
    self.deadline = deadline
    self.call = call
  }

  func set(on core: LoopCore) { number = core.setTimer(at: deadline, call) }

  func cancel(on core: LoopCore) {
    if let number = number.take() { core.cancelTimer(number) }
  }
}

extension EventLoop {
  /// Calls `call` on the loop at `deadline`, unless the alarm is cancelled before.
  func makeAlarm(at deadline: MonotonicInstant, _ call: @escaping @Sendable () -> Void) -> Alarm {
    Alarm(self, AlarmSetting(deadline, call))
  }
}
