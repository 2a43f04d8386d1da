internal import FlintColumns

/// Tells which values of a vector meet a condition.
enum FilterEvaluation {
  /// Clears the marks of the rows that do not meet the condition.
  static func apply(_ condition: ParquetFilter.Condition, to vector: Vector, _ marks: inout [Bool]) {
    switch condition {
    case .isNull: for row in 0..<vector.count where !vector.isNull(row) { marks[row] = false }
    case .isNotNull: for row in 0..<vector.count where vector.isNull(row) { marks[row] = false }
    default:
      if let dictionary = vector.dictionary {
        applyByDictionary(condition, vector, dictionary, &marks)
      } else if !applyPlain(condition, vector, &marks) {
        for row in 0..<vector.count where marks[row] {
          marks[row] = !vector.isNull(row) && meets(condition, vector, row)
        }
      }
    }
  }

  private static func applyByDictionary(
    _ condition: ParquetFilter.Condition, _ vector: Vector, _ dictionary: Vector, _ marks: inout [Bool]
  ) {
    let known = (0..<dictionary.count).map { meets(condition, dictionary, $0) }
    let codes = vector.codes
    for row in 0..<vector.count where marks[row] {
      marks[row] = !vector.isNull(row) && known[Int(codes[row])]
    }
  }

  // MARK: Plain numbers.

  /// Compares whole numbers and doubles in loops that are made for their types; false for all else.
  private static func applyPlain(
    _ condition: ParquetFilter.Condition, _ vector: Vector, _ marks: inout [Bool]
  ) -> Bool {
    switch vector.type.physical {
    case .int8: applyWholes(condition, vector, Int8.self, &marks)
    case .int16: applyWholes(condition, vector, Int16.self, &marks)
    case .int32: applyWholes(condition, vector, Int32.self, &marks)
    case .int64: applyWholes(condition, vector, Int64.self, &marks)
    case .int128: applyWholes(condition, vector, Int128.self, &marks)
    case .bit, .float, .double, .interval, .text, .list, .structure, .map: false
    }
  }

  private static func applyWholes<Value: FixedWidthInteger & BitwiseCopyable>(
    _ condition: ParquetFilter.Condition, _ vector: Vector, _: Value.Type, _ marks: inout [Bool]
  ) -> Bool {
    let given: ParquetFilter.Value
    switch condition {
    case .equal(let value), .notEqual(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
      .greaterOrEqual(let value):
      given = value
    case .isIn, .isNull, .isNotNull: return false
    }
    guard case .integer(let whole) = given, let bound = Value(exactly: whole) else { return false }
    switch condition {
    case .equal: mark(vector, Value.self, &marks) { $0 == bound }
    case .notEqual: mark(vector, Value.self, &marks) { $0 != bound }
    case .less: mark(vector, Value.self, &marks) { $0 < bound }
    case .lessOrEqual: mark(vector, Value.self, &marks) { $0 <= bound }
    case .greater: mark(vector, Value.self, &marks) { $0 > bound }
    case .greaterOrEqual: mark(vector, Value.self, &marks) { $0 >= bound }
    case .isIn, .isNull, .isNotNull: return false
    }
    return true
  }

  @inline(__always)
  private static func mark<Value: BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _ marks: inout [Bool], _ isMet: (Value) -> Bool
  ) {
    let values = vector.pointer(to: Value.self)
    let count = vector.count
    marks.withUnsafeMutableBufferPointer { marks in
      guard let marks = marks.baseAddress else { return }
      for row in 0..<count {
        let isMet = isMet(values[row])
        marks[row] = marks[row] ? isMet : false
      }
    }
    guard let there = vector.validity?.bits else { return withExtendedLifetime(vector) {} }
    for row in 0..<count where !there[row] { marks[row] = false }
    withExtendedLifetime(vector) {}
  }

  /// Whether a value that is not null meets the condition.
  static func meets(_ condition: ParquetFilter.Condition, _ vector: Vector, _ row: Int) -> Bool {
    switch condition {
    case .equal(let value): compare(vector, row, value) == 0
    case .notEqual(let value): compare(vector, row, value) != 0
    case .less(let value): compare(vector, row, value) < 0
    case .lessOrEqual(let value): compare(vector, row, value) <= 0
    case .greater(let value): compare(vector, row, value) > 0
    case .greaterOrEqual(let value): compare(vector, row, value) >= 0
    case .isIn(let values): values.contains { compare(vector, row, $0) == 0 }
    case .isNull: false
    case .isNotNull: true
    }
  }

  /// Below zero when the value in the vector is less, above when it is greater.
  static func compare(_ vector: Vector, _ row: Int, _ value: ParquetFilter.Value) -> Int {
    switch value {
    case .boolean(let other): order(vector.bits[row] ? 1 : 0, other ? 1 : 0)
    case .integer(let other): order(vector.integer(row), other)
    case .double(let other): order(double(vector, row), other)
    case .bytes(let other): other.withUnsafeBufferPointer { order(vector.text(row), $0) }
    }
  }

  private static func double(_ vector: Vector, _ row: Int) -> Double {
    vector.type == .float ? Double(vector.pointer(to: Float.self)[row]) : vector.pointer(to: Double.self)[row]
  }

  private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left < right ? -1 : left > right ? 1 : 0
  }

  private static func order(_ left: Double, _ right: Double) -> Int {
    if left.isNaN || right.isNaN { return (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0) }
    return left < right ? -1 : left > right ? 1 : 0
  }

  private static func order(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    for (first, second) in zip(left, right) where first != second { return first < second ? -1 : 1 }
    return order(left.count, right.count)
  }
}
