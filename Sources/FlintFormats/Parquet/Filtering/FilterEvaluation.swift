internal import FlintColumns
internal import Glibc

/// Tells which values of a vector meet a condition.
enum FilterEvaluation {
  /// Clears the marks of the rows that do not meet the condition.
  static func apply(_ condition: ParquetFilter.Condition, to vector: Vector, _ marks: inout [Bool]) {
    switch condition {
    case .isNull: keep(vector, areNull: true, &marks)
    case .isNotNull: keep(vector, areNull: false, &marks)
    default:
      if let dictionary = vector.dictionary, dictionary.count <= vector.count {
        applyByDictionary(condition, vector, dictionary, &marks)
      } else if !applyPlain(condition, vector, &marks) {
        for row in 0..<vector.count where marks[row] {
          marks[row] = !vector.isNull(row) && meets(condition, vector, row)
        }
      }
    }
  }

  private static func keep(_ vector: Vector, areNull: Bool, _ marks: inout [Bool]) {
    guard let there = vector.validity?.bits else {
      if areNull { for row in 0..<vector.count { marks[row] = false } }
      return
    }
    for row in 0..<vector.count where there[row] == areNull { marks[row] = false }
    withExtendedLifetime(vector) {}
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

  // MARK: Plain values.

  /// Compares whole numbers and texts in loops that are made for their types; false for all else.
  private static func applyPlain(
    _ condition: ParquetFilter.Condition, _ vector: Vector, _ marks: inout [Bool]
  ) -> Bool {
    guard !vector.isDictionary else { return false }
    return switch vector.type.physical {
    case .int8: applyWholes(condition, vector, Int8.self, &marks)
    case .int16: applyWholes(condition, vector, Int16.self, &marks)
    case .int32: applyWholes(condition, vector, Int32.self, &marks)
    case .int64: applyWholes(condition, vector, Int64.self, &marks)
    case .int128: applyWholes(condition, vector, Int128.self, &marks)
    case .text: applyTexts(condition, vector, &marks)
    case .bit, .float, .double, .interval, .list, .structure, .map: false
    }
  }

  private static func applyWholes<Value: FixedWidthInteger & BitwiseCopyable>(
    _ condition: ParquetFilter.Condition, _ vector: Vector, _: Value.Type, _ marks: inout [Bool]
  ) -> Bool {
    if case .isIn(let values) = condition { return applyChoice(values, vector, Value.self, &marks) }
    guard case .integer(let whole)? = condition.values.first, let bound = Value(exactly: whole) else { return false }
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

  /// Leaves the rows that have one of some values.
  private static func applyChoice<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: [ParquetFilter.Value], _ vector: Vector, _: Value.Type, _ marks: inout [Bool]
  ) -> Bool {
    var wanted: [Value] = []
    for value in values {
      guard case .integer(let whole) = value else { return false }
      // What is out of range is never met.
      if let value = Value(exactly: whole) { wanted.append(value) }
    }
    if wanted.count > mostCompared {
      let set = Set(wanted)
      mark(vector, Value.self, &marks) { set.contains($0) }
    } else {
      wanted.withUnsafeBufferPointer { wanted in
        mark(vector, Value.self, &marks) { value in
          var isMet = false
          for index in 0..<wanted.count { isMet = wanted[index] == value || isMet }
          return isMet
        }
      }
    }
    return true
  }

  /// Values of which each is compared; more are looked up.
  private static let mostCompared = 16

  private static func applyTexts(
    _ condition: ParquetFilter.Condition, _ vector: Vector, _ marks: inout [Bool]
  ) -> Bool {
    guard case .text = vector.form, case .bytes(let bound)? = condition.values.first else { return false }
    defer { withExtendedLifetime(vector) {} }
    return bound.withUnsafeBufferPointer { bound in
      switch condition {
      case .equal: markTexts(vector, &marks) { $0.count == bound.count && order($0, bound) == 0 }
      case .notEqual: markTexts(vector, &marks) { $0.count != bound.count || order($0, bound) != 0 }
      case .less: markTexts(vector, &marks) { order($0, bound) < 0 }
      case .lessOrEqual: markTexts(vector, &marks) { order($0, bound) <= 0 }
      case .greater: markTexts(vector, &marks) { order($0, bound) > 0 }
      case .greaterOrEqual: markTexts(vector, &marks) { order($0, bound) >= 0 }
      case .isIn, .isNull, .isNotNull: return false
      }
      return true
    }
  }

  @inline(__always)
  private static func markTexts(
    _ vector: Vector, _ marks: inout [Bool], _ isMet: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    let (offsets, bytes, there) = (vector.offsets, vector.bytes, vector.validity?.bits)
    for row in 0..<vector.count where marks[row] {
      let start = Int(offsets[row])
      let text = UnsafeBufferPointer(start: bytes + start, count: Int(offsets[row + 1]) - start)
      marks[row] = (there?[row] ?? true) && isMet(text)
    }
  }

  @inline(__always)
  private static func mark<Value: BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _ marks: inout [Bool], _ isMet: (Value) -> Bool
  ) {
    let values = vector.pointer(to: Value.self)
    let count = vector.count
    marks.withUnsafeMutableBytes { marks in
      // As bytes of 0 and 1 many are decided at once.
      let marks = marks.assumingMemoryBound(to: UInt8.self)
      for row in 0..<count { marks[row] &= isMet(values[row]) ? 1 : 0 }
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
    let common = min(left.count, right.count)
    if common > 0, let one = left.baseAddress, let other = right.baseAddress {
      let order = memcmp(one, other, common)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }
}
