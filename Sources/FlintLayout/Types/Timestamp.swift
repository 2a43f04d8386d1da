public import FlintCore

/// A moment: microseconds since 1970-01-01 UTC, the column type `timestamp`.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
  public let microseconds: Int64

  /// The moment `microseconds` after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The same moment as a calendar time of the core.
  public init(_ time: WallTime) {
    microseconds = time.microseconds
  }

  /// The earlier one is less.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
}

extension Timestamp: CustomStringConvertible {
  /// ISO 8601 in UTC with microseconds.
  public var description: String { WallTime(microseconds: microseconds).description }
}
