/// Adds numbers.
public enum Sum<Number: AdditiveArithmetic & Sendable>: Accumulation {
  /// Zero.
  public static var zero: Number { .zero }

  /// Adds a number.
  public static func add(_ number: Number, to sum: inout Number) { sum += number }

  /// Adds another task's sum.
  public static func merge(_ other: Number, into sum: inout Number) { sum += other }
}
