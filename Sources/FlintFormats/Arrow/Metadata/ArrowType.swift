/// How the values of a column lie in a file of Arrow's, and what they are.
enum ArrowType: Hashable, Sendable {
  enum IntervalForm: Int16, Sendable { case months, daysAndMilliseconds, monthsDaysAndNanoseconds }

  case null
  case bool
  case integer(bits: Int, isSigned: Bool)
  case floating(bits: Int)
  case decimal(precision: Int, scale: Int, bits: Int)
  case days
  case milliseconds
  case time(bits: Int)
  case timestamp(ArrowUnit)
  case duration(ArrowUnit)
  case interval(IntervalForm)
  /// UTF-8 or bytes behind offsets of 32 or 64 bits.
  case bytes(isText: Bool, isLarge: Bool)
  /// UTF-8 or bytes of which the short ones lie beside the length.
  case view(isText: Bool)
  case fixedBytes(Int)
  case list(isLarge: Bool)
  case listView(isLarge: Bool)
  case fixedList(Int)
  case structure
  case map
  case union(isDense: Bool)
  case runEnds

  /// How many buffers a column has, without those of its parts, and without those that a view says itself.
  var bufferCount: Int {
    switch self {
    case .null, .runEnds: 0
    case .structure, .fixedList: 1
    case .bool, .integer, .floating, .decimal, .days, .milliseconds, .time, .timestamp, .duration, .interval,
      .fixedBytes,
      .list, .map, .view:
      2
    case .bytes, .listView: 3
    case .union(let isDense): isDense ? 2 : 1
    }
  }

  /// How many parts it has; nil for any number.
  var partCount: Int? {
    switch self {
    case .structure, .union: nil
    case .list, .listView, .fixedList, .map: 1
    case .runEnds: 2
    case .null, .bool, .integer, .floating, .decimal, .days, .milliseconds, .time, .timestamp, .duration, .interval,
      .bytes, .view, .fixedBytes:
      0
    }
  }
}
