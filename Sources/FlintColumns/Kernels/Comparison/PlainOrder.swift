internal import Glibc

/// Compares values of two vectors of one type that do not consist of others, one pair at a time.
///
/// It holds no references, so that sorting counts none: who uses it keeps the vectors alive.
struct PlainOrder: BitwiseCopyable {
  private enum Form: BitwiseCopyable {
    case bits(BitPointer, BitPointer)
    case int8(UnsafePointer<Int8>, UnsafePointer<Int8>)
    case int16(UnsafePointer<Int16>, UnsafePointer<Int16>)
    case int32(UnsafePointer<Int32>, UnsafePointer<Int32>)
    case int64(UnsafePointer<Int64>, UnsafePointer<Int64>)
    case int128(UnsafePointer<Int128>, UnsafePointer<Int128>)
    case float(UnsafePointer<Float>, UnsafePointer<Float>)
    case double(UnsafePointer<Double>, UnsafePointer<Double>)
    case interval(UnsafePointer<Interval>, UnsafePointer<Interval>)
    case texts(TextPointers, TextPointers)
  }

  private let form: Form

  /// Nil for values that consist of others, and for numbers in dictionaries.
  init?(_ left: Vector, _ right: Vector) {
    let isText = left.type.physical == .text
    guard isText || !(left.isDictionary || right.isDictionary) else { return nil }
    switch left.type.physical {
    case .bit: form = .bits(left.bits, right.bits)
    case .int8: form = .int8(left.pointer(), right.pointer())
    case .int16: form = .int16(left.pointer(), right.pointer())
    case .int32: form = .int32(left.pointer(), right.pointer())
    case .int64: form = .int64(left.pointer(), right.pointer())
    case .int128: form = .int128(left.pointer(), right.pointer())
    case .float: form = .float(left.pointer(), right.pointer())
    case .double: form = .double(left.pointer(), right.pointer())
    case .interval: form = .interval(left.pointer(), right.pointer())
    case .text: form = .texts(TextPointers(left), TextPointers(right))
    case .list, .structure, .map: return nil
    }
  }

  /// Negative, zero or positive as the first of two values, neither of them null, stands before, with or behind the second.
  func compare(_ row: Int, _ other: Int) -> Int {
    switch form {
    case .bits(let left, let right): (left[row] ? 1 : 0) - (right[other] ? 1 : 0)
    case .int8(let left, let right): Self.order(left[row], right[other])
    case .int16(let left, let right): Self.order(left[row], right[other])
    case .int32(let left, let right): Self.order(left[row], right[other])
    case .int64(let left, let right): Self.order(left[row], right[other])
    case .int128(let left, let right): Self.order(left[row], right[other])
    case .float(let left, let right): Self.order(left[row], right[other])
    case .double(let left, let right): Self.order(left[row], right[other])
    case .interval(let left, let right): Self.order(left[row], right[other])
    case .texts(let left, let right): ValueOrder.compare(left[row], right[other])
    }
  }

  /// Whether two values, neither of them null, are the same.
  func isSame(_ row: Int, _ other: Int) -> Bool {
    guard case .texts(let left, let right) = form else { return compare(row, other) == 0 }
    let (first, second) = (left[row], right[other])
    guard first.count == second.count else { return false }
    guard let one = first.baseAddress, let two = second.baseAddress else { return true }
    return memcmp(one, two, first.count) == 0
  }

  @inline(__always)
  private static func order<Value: OrderedValue>(_ first: Value, _ second: Value) -> Int {
    Int(Value.isLess(second, first)) - Int(Value.isLess(first, second))
  }
}
