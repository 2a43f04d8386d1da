/// What is computed of two numbers.
public enum ArithmeticOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  /// Of whole numbers the quotient rounded towards zero, which SQL calls `div`; of others their ratio.
  case divide = "/"
  /// What division leaves; it has the sign of the dividend.
  case remainder = "%"
}
