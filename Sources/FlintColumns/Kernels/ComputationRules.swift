/// What happens where a computation has no right result: an overflow, a division by zero, a text that is no number.
public enum ComputationRules: Hashable, Sendable {
  /// It throws, as the SQL standard has it and Spark 4 by default.
  case ansi
  /// Whole numbers wrap around, everything else becomes null, as in Spark before.
  case legacy
}
