internal import FlintColumns

/// The type of a column that is found from its values: the narrowest that holds them all.
enum InferredType {
  /// The narrowest type for values of two; nil is that of a column without any. Types that nothing else joins become
  /// texts.
  static func joined(_ first: DataType?, _ second: DataType?) -> DataType? {
    guard let first, let second else { return first ?? second }
    if first == second { return first }
    if let wholes = joinedWholes(first, second) { return wholes }
    switch (first, second) {
    case (.double, let other) where other.isNumeric, (let other, .double) where other.isNumeric: return .double
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    default: return .string
    }
  }

  private static func joinedWholes(_ first: DataType, _ second: DataType) -> DataType? {
    guard let one = digits(first), let other = digits(second) else { return nil }
    let most = max(one, other)
    return most <= 10 ? .int32 : most <= 19 ? .int64 : .decimal(precision: most, scale: 0)
  }

  /// How many digits a whole number has at most.
  private static func digits(_ type: DataType) -> Int? {
    switch type {
    case .int32: 10
    case .int64: 19
    case .decimal(let precision, 0): max(precision, 20)
    default: nil
    }
  }

  /// The type of a value that is a text: whole numbers, floating-point numbers, days, times, truth values, and texts.
  static func type(
    of text: UnsafeBufferPointer<UInt8>, date: TimePattern? = nil, timestamp: TimePattern? = nil
  ) -> DataType {
    guard let first = text.first, let start = text.baseAddress else { return .string }
    if first < 0x3A, first != 32, let number = number(text) { return number }
    if let date {
      if date.day(text) != nil { return .date }
    } else if text.count == 10, TimeText.date(text) != nil {
      return .date
    }
    var clocks = Clocks(.utc)
    if let timestamp {
      if timestamp.moment(text, &clocks) != nil { return .timestamp }
    } else if text.count > 10, first &- 48 < 10, TimeText.timestamp(text, &clocks) != nil {
      return .timestamp
    }
    if CSVColumn.boolean(start, text.count) != nil { return .boolean }
    return isSpecial(text) ? .double : .string
  }

  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> DataType? {
    let isWhole = text.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    if isWhole, let value = NumberText.whole(text, isLenient: false) {
      return Int32(exactly: value) == nil ? .int64 : .int32
    }
    let digits = text.count { $0 &- 48 < 10 }
    if isWhole, digits <= DataType.maximumPrecision, NumberText.decimal(text, scale: 0) != nil {
      return .decimal(precision: max(20, digits), scale: 0)
    }
    return digits > 0 && NumberText.double(text) != nil ? .double : nil
  }

  private static func isSpecial(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count <= 9 && ["NaN", "Infinity", "-Infinity", "Inf", "-Inf"].contains { $0.utf8.elementsEqual(text) }
  }
}
