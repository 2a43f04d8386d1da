internal import FlintColumns
internal import FlintCore

extension Compiler {
  func textCall(
    _ function: ScalarFunction, _ operands: [TypedExpression]
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .like(let pattern, let escape):
      let pattern = try LikePattern(pattern, escape: escape)
      return try unary(operands[0]) { (text, _) throws(FlintError) in try kernels.like(text, pattern) }
    case .concatenate:
      return try several(operands) { (values, count) throws(FlintError) in
        let vectors = count == 1 ? values.map { Operand.vector($0.vector) } : values
        return try kernels.concatenateTexts(vectors)
      }
    case .joined(let separator):
      return try several(operands) { (values, count) throws(FlintError) in
        let vectors = count == 1 ? values.map { Operand.vector($0.vector) } : values
        return try kernels.joinTexts(vectors, separator: separator)
      }
    default:
      if let step = try regularCall(function, operands) { return step }
      guard let body = Self.textFunction(function) else { return nil }
      return try unary(operands[0]) { (text, _) throws(FlintError) in try body(kernels, text) }
    }
  }

  private typealias TextFunction = (Kernels, Vector) throws(FlintError) -> Vector

  /// The functions of one text.
  private static func textFunction(_ function: ScalarFunction) -> TextFunction? {
    switch function {
    case .hasPrefix(let part): { (kernels, text) throws(FlintError) in try kernels.hasPrefix(text, part) }
    case .hasSuffix(let part): { (kernels, text) throws(FlintError) in try kernels.hasSuffix(text, part) }
    case .contains(let part): { (kernels, text) throws(FlintError) in try kernels.contains(text, part) }
    case .upper: { (kernels, text) throws(FlintError) in try kernels.upper(text) }
    case .lower: { (kernels, text) throws(FlintError) in try kernels.lower(text) }
    case .length: { (kernels, text) throws(FlintError) in try kernels.length(text) }
    case .reverse: { (kernels, text) throws(FlintError) in try kernels.reverse(text) }
    case .trim(let leading, let trailing):
      { (kernels, text) throws(FlintError) in try kernels.trim(text, leading: leading, trailing: trailing) }
    case .substring(let start, let count):
      { (kernels, text) throws(FlintError) in try kernels.substring(text, from: start, count: count) }
    case .replace(let part, let other):
      { (kernels, text) throws(FlintError) in try kernels.replace(text, part, with: other) }
    case .position(let part): { (kernels, text) throws(FlintError) in try kernels.position(of: part, in: text) }
    case .pad(let length, let filling, let isLeft):
      { (kernels, text) throws(FlintError) in
        try kernels.pad(text, to: length, with: filling, isLeft: isLeft)
      }
    case .capitalized: { (kernels, text) throws(FlintError) in try kernels.capitalized(text) }
    case .repeated(let count): { (kernels, text) throws(FlintError) in try kernels.repeat(text, count) }
    default: nil
    }
  }
}
