internal import FlintColumns
internal import FlintCore

/// Computes expressions that are the same for every row.
struct Folding {
  private let kernels: Kernels
  private let zones: [String: ZoneRules]

  init(_ kernels: Kernels, zones: [String: ZoneRules] = [:]) {
    self.kernels = kernels
    self.zones = zones
  }

  /// The value; nil when it is a nested one, which no literal is. Throws what computing it throws.
  func value(of expression: TypedExpression) throws(FlintError) -> Literal? {
    if let literal = expression.literal { return literal }
    let computation = try Compiler([], kernels, zones: zones).compile(expression)
    let operand = try computation.step(Computation.Frame(columns: [], length: 1, rows: nil))
    return Literal(try operand.vector.flat(kernels.memory), 0)
  }
}
