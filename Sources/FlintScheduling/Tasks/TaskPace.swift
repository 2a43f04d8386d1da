/// How fast the tries of a set end on one executor, one after another: a mean in which the last few count most.
struct TaskPace: Sendable {
  /// Nothing has ended yet.
  private static let unknown = Int64.max
  /// An end changes the mean by this part of its difference, as a power of two.
  private static let inertia: Int64 = 3

  private var nanoseconds = TaskPace.unknown

  /// One more try has ended, so long after the one before it on the same executor.
  mutating func note(_ nanoseconds: Int64) {
    let time = max(1, nanoseconds)
    self.nanoseconds =
      self.nanoseconds == Self.unknown ? time : self.nanoseconds + (time - self.nanoseconds) >> Self.inertia
  }

  /// How many tries end within a time; none while nothing has ended.
  func count(within time: Int64) -> Int { nanoseconds == Self.unknown ? 0 : Int(time / max(1, nanoseconds)) }
}
