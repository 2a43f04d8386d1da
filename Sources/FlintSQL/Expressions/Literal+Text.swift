internal import FlintColumns
internal import FlintCore

extension Literal: CustomStringConvertible {
  /// As Spark prints it.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .boolean(let value): value ? "true" : "false"
    case .int8(let value): "\(value)"
    case .int16(let value): "\(value)"
    case .int32(let value): "\(value)"
    case .int64(let value): "\(value)"
    case .float(let value): "\(value)"
    case .double(let value): "\(value)"
    case .decimal: asText
    case .string(let value): value
    case .binary(let value): "X'" + value.map { Self.hexadecimal($0) }.joined() + "'"
    case .date: "DATE '\(asText)'"
    case .timestamp: "TIMESTAMP '\(asText)'"
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .structure(let parts): "{\(parts.map(\.value.description).joined(separator: ", "))}"
    case .map(let entries): "{\(entries.map { "\($0.key) -> \($0.value)" }.joined(separator: ", "))}"
    case .interval(let interval): "INTERVAL '\(Self.text(interval))'"
    }
  }

  /// As a cast to a text gives it, in UTC.
  private var asText: String {
    let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(1)))
    guard let type, let vector = try? vector(type, memory),
      let text = try? Kernels(memory).cast(vector, to: .string)
    else { return "?" }
    return String(decoding: text.text(0), as: UTF8.self)
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }

  private static func text(_ interval: Interval) -> String {
    var parts: [String] = []
    if interval.months != 0 { parts.append("\(interval.months) months") }
    if interval.days != 0 { parts.append("\(interval.days) days") }
    if interval.microseconds != 0 || parts.isEmpty {
      let seconds = Double(interval.microseconds) / 1_000_000
      parts.append("\(seconds) seconds")
    }
    return parts.joined(separator: " ")
  }
}
