internal import FlintColumns
internal import FlintCore

/// Values of the columns by which rows are parted, as the names of folders have them.
enum PartitionValue {
  /// Whether folders can be named after values of a type: those that have one text.
  static func fits(_ type: DataType) -> Bool {
    switch type {
    case .boolean, .int8, .int16, .int32, .int64, .decimal, .date, .string: true
    case .float, .double, .timestamp, .interval, .binary, .list, .structure, .map: false
    }
  }

  /// The text of a value; nil for null.
  static func text(_ vector: Vector, _ row: Int) -> String? {
    guard !vector.isNull(row) else { return nil }
    switch vector.type {
    case .boolean: return vector.bits[row] ? "true" : "false"
    case .string: return String(decoding: vector.text(row), as: UTF8.self)
    case .date: return day(vector.integer(row))
    case .decimal(_, let scale): return decimal(vector.integer(row), scale)
    default: return String(vector.integer(row))
    }
  }

  /// Such as `2020-01-05`.
  private static func day(_ days: Int128) -> String {
    let midnight = WallTime(microseconds: Int64(days) * 86_400_000_000)
    return String(midnight.description.prefix { $0 != "T" })
  }

  /// Such as `-12.50`.
  private static func decimal(_ number: Int128, _ scale: Int) -> String {
    guard scale > 0 else { return String(number) }
    let digits = String(number.magnitude)
    let all = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return (number < 0 ? "-" : "") + all.dropLast(scale) + "." + all.suffix(scale)
  }
}
