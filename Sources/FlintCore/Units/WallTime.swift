/// A moment of calendar time, in microseconds since 1970-01-01 UTC. It is printed and written, never decided on:
/// wall clocks jump.
public struct WallTime: Comparable, Hashable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int64

  /// The moment `microseconds` after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The earlier one is less.
  public static func < (left: WallTime, right: WallTime) -> Bool { left.microseconds < right.microseconds }
}
