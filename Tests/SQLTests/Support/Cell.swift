import FlintColumns

@testable import FlintSQL

/// One value of an answer, as both sides of a comparison write it.
enum Cell: Hashable, CustomStringConvertible {
  case null
  case float(Double)
  /// Everything that is compared digit by digit.
  case exact(String)

  init(_ text: Substring) {
    switch text.first {
    case "n": self = .null
    case "f": self = .float(Double(text.dropFirst()) ?? .nan)
    default: self = .exact(String(text))
    }
  }

  init(_ vector: Vector, _ row: Int) {
    switch Literal(vector, row) {
    case .null: self = .null
    case .boolean(let value): self = .exact(value ? "b1" : "b0")
    case .int8(let value): self = .exact("i\(value)")
    case .int16(let value): self = .exact("i\(value)")
    case .int32(let value): self = .exact("i\(value)")
    case .int64(let value): self = .exact("i\(value)")
    case .float(let value): self = .float(Double(value))
    case .double(let value): self = .float(value)
    case .decimal(let value, _, let scale): self = .exact("i" + Self.digits(value, scale))
    case .string(let text): self = .exact("s" + text.utf8.map { String($0, radix: 16) }.joined(separator: "."))
    case .binary(let bytes): self = .exact("x" + bytes.map { String($0, radix: 16) }.joined(separator: "."))
    case .date(let days): self = .exact("T\(Int64(days) * 86_400_000_000)")
    case .timestamp(let time): self = .exact("T\(time)")
    case .interval(let interval): self = .exact("I\(Int64(interval.days) * 86_400_000_000 + interval.microseconds)")
    case .list, .structure, .map, nil: self = .exact("nested")
    }
  }

  /// Without zeros at the end, so that the scale is not seen.
  private static func digits(_ value: Int128, _ scale: Int) -> String {
    var text = String(value.magnitude)
    while text.count <= scale { text = "0" + text }
    var whole = String(text.dropLast(scale))
    var fraction = String(text.suffix(scale))
    while fraction.hasSuffix("0") { fraction.removeLast() }
    if value < 0 { whole = "-" + whole }
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// The number that it is; nil for others.
  private var number: Double? {
    switch self {
    case .float(let value): value
    case .exact(let text): text.hasPrefix("i") ? Double(text.dropFirst()) : nil
    case .null: nil
    }
  }

  /// Whether both are the same; numbers of which one is no exact one may differ a little.
  func matches(_ other: Cell) -> Bool {
    if self == other { return true }
    guard let one = number, let two = other.number, isFloat || other.isFloat else { return false }
    return one == two || one.isNaN && two.isNaN || abs(one - two) <= 1e-9 * max(abs(one), abs(two), 1e-3)
  }

  private var isFloat: Bool { if case .float = self { true } else { false } }

  /// Ordered alike on both sides, also where numbers differ a little.
  var sortKey: String {
    guard let number, number.isFinite else { return description }
    if number == 0 { return "0" }
    // Six digits that count.
    var value = abs(number)
    var exponent = 0
    while value >= 10 { (value, exponent) = (value / 10, exponent + 1) }
    while value < 1 { (value, exponent) = (value * 10, exponent - 1) }
    return "\(number < 0 ? "-" : "")\(Int((value * 100_000).rounded()))e\(exponent)"
  }

  var description: String {
    switch self {
    case .null: "null"
    case .float(let value): "\(value)"
    case .exact(let text): text
    }
  }
}
