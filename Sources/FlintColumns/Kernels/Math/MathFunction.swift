/// A function of one floating-point number.
public enum MathFunction: String, Hashable, Sendable, CaseIterable {
  case squareRoot, cubeRoot, exponential
  /// Null for numbers that are not positive.
  case logarithm, logarithm2, logarithm10
  case sine, cosine, tangent, arcSine, arcCosine, arcTangent
  case hyperbolicSine, hyperbolicCosine, hyperbolicTangent
  /// From degrees, and to them.
  case radians, degrees
  /// -1, 0 or 1.
  case sign

  /// Whether it has no value for zero and below.
  var wantsPositive: Bool {
    switch self {
    case .logarithm, .logarithm2, .logarithm10: true
    default: false
    }
  }
}
