/// How the values of a vector lie in memory, whatever they mean.
public enum PhysicalType: Hashable, Sendable {
  /// One bit a value, the first in the lowest bit of the first byte.
  case bit
  /// Whole numbers side by side.
  case int8, int16, int32, int64, int128
  /// Floating-point numbers side by side.
  case float, double
  /// ``Interval`` side by side.
  case interval
  /// 32-bit offsets, one more than values, and the bytes between them.
  case text
  /// 32-bit offsets, one more than values, and one vector of all elements.
  case list
  /// One vector a field.
  case structure
  /// 32-bit offsets, one more than values, and vectors of all keys and of all values.
  case map

  /// Bytes of a value; nil where it is no whole number of bytes that is the same for all.
  public var width: Int? {
    switch self {
    case .int8: 1
    case .int16: 2
    case .int32, .float: 4
    case .int64, .double: 8
    case .int128, .interval: 16
    case .bit, .text, .list, .structure, .map: nil
    }
  }
}
