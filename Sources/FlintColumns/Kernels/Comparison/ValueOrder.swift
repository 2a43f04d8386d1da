internal import Glibc

/// Compares values of two vectors of one type, one pair at a time, whatever the type is. Null stands before all values and
/// equals null, so that what is inside nested values has an order too.
struct ValueOrder {
  /// How values are compared that do not consist of others.
  let plain: PlainOrder?
  private let left: Vector
  private let right: Vector
  private let parts: [ValueOrder]

  init(_ left: Vector, _ right: Vector) {
    self.left = left
    self.right = right
    plain = PlainOrder(left, right)
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
  func isSame(_ row: Int, _ other: Int) -> Bool { plain?.isSame(row, other) ?? (compare(row, other) == 0) }

  /// Negative, zero or positive as the first of two values, neither of them null, stands before, with or behind the second.
  func compare(_ row: Int, _ other: Int) -> Int {
    if let plain { return plain.compare(row, other) }
    if left.isDictionary || right.isDictionary {
      return parts[0].compare(
        left.isDictionary ? Int(left.codes[row]) : row, right.isDictionary ? Int(right.codes[other]) : other)
    }
    if left.type.physical != .structure { return compareRanges(row, other) }
    for part in parts {
      let order = part.compareWithNulls(row, other)
      if order != 0 { return order }
    }
    return 0
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
