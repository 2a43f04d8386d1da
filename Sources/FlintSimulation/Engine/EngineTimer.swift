/// What will happen at a later moment of virtual time. Equal moments come in the order of their making.
struct EngineTimer: Comparable {
  let time: Int64
  let number: UInt64
  let owner: Owner
  /// The sleeper that this timer wakes, or 0 for a timer that nobody can cancel.
  let sleeper: UInt64
  let fire: () -> Void

  static func == (left: EngineTimer, right: EngineTimer) -> Bool { left.number == right.number }

  static func < (left: EngineTimer, right: EngineTimer) -> Bool {
    left.time != right.time ? left.time < right.time : left.number < right.number
  }
}
