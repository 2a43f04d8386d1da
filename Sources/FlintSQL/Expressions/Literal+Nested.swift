internal import FlintColumns

extension Literal {
  /// Value `row` of a vector of any type.
  init(any vector: Vector, _ row: Int) {
    guard !vector.isNull(row) else {
      self = .null
      return
    }
    switch vector.form {
    case .dictionary(_, _, let dictionary): self.init(any: dictionary, Int(vector.codes[row]))
    case .list(_, _, let elements):
      self = .list(Self.range(vector, row).map { Literal(any: elements, $0) })
    case .map(_, _, let keys, let values):
      self = .map(Self.range(vector, row).map { Entry(key: Literal(any: keys, $0), value: Literal(any: values, $0)) })
    case .structure(let parts):
      guard case .structure(let fields) = vector.type else { preconditionFailure("\(vector.type) is no structure") }
      self = .structure(zip(fields, parts).map { Part(name: $0.name, value: Literal(any: $1, row)) })
    case .bits, .values, .text: self = Literal(vector, row) ?? .null
    }
  }

  private static func range(_ vector: Vector, _ row: Int) -> Range<Int> {
    Int(vector.offsets[row])..<Int(vector.offsets[row + 1])
  }

  // MARK: Swift's types.

  /// The whole number; nil for others.
  public var int: Int? { whole.map { Int($0) } }

  /// The number, if it is a floating-point or whole one; nil for others.
  public var number: Double? {
    switch self {
    case .double(let value): value
    case .float(let value): Double(value)
    default: whole.map { Double($0) }
    }
  }

  /// The text; nil for others.
  public var text: String? { if case .string(let value) = self { value } else { nil } }

  /// The truth value; nil for others.
  public var bool: Bool? { if case .boolean(let value) = self { value } else { nil } }
}
