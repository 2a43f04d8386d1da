internal import Glibc

/// Compares values of two vectors of one type, one pair at a time, whatever the type is. Null stands before all values and
/// equals null, so that what is inside nested values has an order too.
///
/// It counts no references: who uses it keeps the vectors alive.
struct ValueOrder {
  private let left: Vector
  private let right: Vector
  private let parts: [ValueOrder]

  init(_ left: Vector, _ right: Vector) {
    self.left = left
    self.right = right
    switch (left.form, right.form) {
    case (.dictionary(_, _, let left), .dictionary(_, _, let right)): parts = [ValueOrder(left, right)]
    case (.dictionary(_, _, let left), _): parts = [ValueOrder(left, right)]
    case (_, .dictionary(_, _, let right)): parts = [ValueOrder(left, right)]
    case (.list(_, _, let left), .list(_, _, let right)): parts = [ValueOrder(left, right)]
    case (.structure(let lefts), .structure(let rights)): parts = zip(lefts, rights).map(ValueOrder.init)
    case (.map(_, _, let keys, let values), .map(_, _, let otherKeys, let otherValues)):
      parts = [ValueOrder(keys, otherKeys), ValueOrder(values, otherValues)]
    default: parts = []
    }
  }

  /// Whether two values, neither of them null, are the same.
  func isSame(_ row: Int, _ other: Int) -> Bool {
    if case .text = left.form, case .text = right.form {
      let first = left.text(row)
      let second = right.text(other)
      guard first.count == second.count else { return false }
      guard let one = first.baseAddress, let two = second.baseAddress else { return true }
      return memcmp(one, two, first.count) == 0
    }
    return compare(row, other) == 0
  }

  /// Negative, zero or positive as the first of two values, neither of them null, stands before, with or behind the second.
  func compare(_ row: Int, _ other: Int) -> Int {
    if left.isDictionary || right.isDictionary {
      return parts[0].compare(
        left.isDictionary ? Int(left.codes[row]) : row, right.isDictionary ? Int(right.codes[other]) : other)
    }
    switch left.type.physical {
    case .bit: return (left.bits[row] ? 1 : 0) - (right.bits[other] ? 1 : 0)
    case .int8: return compareValues(Int8.self, row, other)
    case .int16: return compareValues(Int16.self, row, other)
    case .int32: return compareValues(Int32.self, row, other)
    case .int64: return compareValues(Int64.self, row, other)
    case .int128: return compareValues(Int128.self, row, other)
    case .float: return compareValues(Float.self, row, other)
    case .double: return compareValues(Double.self, row, other)
    case .interval: return compareValues(Interval.self, row, other)
    case .text: return Self.compare(left.text(row), right.text(other))
    case .list: return compareRanges(row, other)
    case .map: return compareRanges(row, other)
    case .structure:
      for part in parts {
        let order = part.compareWithNulls(row, other)
        if order != 0 { return order }
      }
      return 0
    }
  }

  /// As ``compare(_:_:)``, of values that may be null.
  func compareWithNulls(_ row: Int, _ other: Int) -> Int {
    switch (left.isNull(row), right.isNull(other)) {
    case (true, true): 0
    case (true, false): -1
    case (false, true): 1
    case (false, false): compare(row, other)
    }
  }

  private func compareValues<Value: OrderedValue>(_: Value.Type, _ row: Int, _ other: Int) -> Int {
    let first = left.pointer(to: Value.self)[row]
    let second = right.pointer(to: Value.self)[other]
    return Int(Value.isLess(second, first)) - Int(Value.isLess(first, second))
  }

  /// Element by element; of two that are the same as far as both go, the shorter one stands before.
  private func compareRanges(_ row: Int, _ other: Int) -> Int {
    let start = Int(left.offsets[row])
    let otherStart = Int(right.offsets[other])
    let count = Int(left.offsets[row + 1]) - start
    let otherCount = Int(right.offsets[other + 1]) - otherStart
    for index in 0..<min(count, otherCount) {
      for part in parts {
        let order = part.compareWithNulls(start + index, otherStart + index)
        if order != 0 { return order }
      }
    }
    return count - otherCount
  }

  /// By bytes, as UTF-8 is ordered by its scalars.
  static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let common = min(left.count, right.count)
    if common > 0, let one = left.baseAddress, let two = right.baseAddress {
      let order = memcmp(one, two, common)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }
}
