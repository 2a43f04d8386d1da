/// Which rows of its partition a window function of a row looks at.
public struct WindowFrame: Hashable, Sendable {
  /// What the bounds count.
  public enum Unit: Hashable, Sendable {
    /// Rows.
    case rows
    /// Groups of rows with equal keys of the order: with `current` as a bound, all of them.
    case groups
    /// Values of the one key of the order: all rows whose key lies between the bounds.
    case range
  }

  /// How far two keys are from each other.
  public enum Distance: Hashable, Sendable {
    /// Of whole numbers; of decimals without their point, of dates in days, of timestamps in microseconds.
    case whole(Int128)
    /// Of floating-point numbers.
    case double(Double)
    /// Of timestamps and dates.
    case interval(Interval)
  }

  /// One end of the frame.
  public enum Bound: Hashable, Sendable {
    /// The partition's end on this side.
    case unbounded
    /// So many rows or groups before the current one.
    case preceding(Int)
    /// The row itself, or its group.
    case current
    /// So many rows or groups behind the current one.
    case following(Int)
    /// The keys that are so far before the current one, or nearer; of a frame of values only.
    case before(Distance)
    /// The keys that are so far behind the current one, or nearer; of a frame of values only.
    case behind(Distance)
  }

  /// What the bounds count.
  public let unit: Unit
  /// Where it begins.
  public let start: Bound
  /// Where it ends, which is part of it.
  public let end: Bound

  /// A frame between two bounds.
  public init(_ unit: Unit, from start: Bound, to end: Bound) {
    self.unit = unit
    self.start = start
    self.end = end
  }

  /// SQL's frame where there is an order: from the partition's start to the last row with the same keys.
  public static let running = WindowFrame(.groups, from: .unbounded, to: .current)
  /// SQL's frame where there is none.
  public static let whole = WindowFrame(.rows, from: .unbounded, to: .unbounded)
}
