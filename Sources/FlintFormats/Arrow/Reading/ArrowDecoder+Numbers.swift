internal import FlintColumns
internal import FlintCore

extension ArrowDecoder {
  /// Values of a fixed width.
  mutating func numbers(
    _ arrow: ArrowType, _ type: DataType, _ count: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    let bytes = try nextBytes()
    switch arrow {
    case .bool:
      guard bytes.count >= (count + 7) / 8 else { throw .truncated("a buffer of bits") }
      return Vector(type, count: count, validity: validity, .bits(bytes.owner, start: bytes.offset * 8))
    case .integer(let bits, let isSigned):
      if isSigned { return try plain(bytes, type, count, validity) }
      switch bits {
      case 8: return try convert(bytes, type, count, validity) { (value: UInt8) in Int16(value) }
      case 16: return try convert(bytes, type, count, validity) { (value: UInt16) in Int32(value) }
      case 32: return try convert(bytes, type, count, validity) { (value: UInt32) in Int64(value) }
      default: return try convert(bytes, type, count, validity) { (value: UInt64) in Int128(value) }
      }
    case .floating(let bits):
      if bits != 16 { return try plain(bytes, type, count, validity) }
      return try convert(bytes, type, count, validity) { (value: UInt16) in Float(Float16(bitPattern: value)) }
    case .decimal(let precision, _, let bits): return try decimals(bytes, type, count, validity, precision, bits)
    case .days: return try plain(bytes, type, count, validity)
    case .milliseconds:
      return try convert(bytes, type, count, validity) { (value: Int64) in
        Int32(exactly: value >= 0 ? value / 86_400_000 : (value + 1) / 86_400_000 - 1)
      }
    case .timestamp(.microsecond): return try plain(bytes, type, count, validity)
    case .timestamp(let unit):
      return try convert(bytes, type, count, validity) { (value: Int64) in unit.microseconds(value) }
    case .duration(let unit):
      return try convert(bytes, type, count, validity) { (value: Int64) in
        unit.microseconds(value).map { Interval(microseconds: $0) }
      }
    case .interval(let form): return try intervals(bytes, type, count, validity, form)
    case .null, .time, .bytes, .view, .fixedBytes, .list, .listView, .fixedList, .structure, .map, .union, .runEnds:
      preconditionFailure("\(arrow) is no number")
    }
  }

  private func plain(
    _ bytes: ArrowBytes, _ type: DataType, _ count: Int, _ validity: Validity?
  ) throws(FormatFault) -> Vector {
    let width = type.physical.width ?? 1
    return Vector(type, count: count, validity: validity, try bytes.values(count, width: width, memory))
  }

  /// Converts each value; nil is none that a vector can hold.
  @inline(__always)
  private func convert<Value: BitwiseCopyable, Result: BitwiseCopyable>(
    _ bytes: ArrowBytes, _ type: DataType, _ count: Int, _ validity: Validity?, _ body: (Value) -> Result?
  ) throws(FormatFault) -> Vector {
    try bytes.require(count, of: Value.self)
    let buffer = try memory.bytes(count * MemoryLayout<Result>.size)
    let target = buffer.pointer(to: Result.self)
    buffer.zero(0..<count * MemoryLayout<Result>.size)
    let bits = validity?.bits
    for row in 0..<count {
      if let result = body(bytes.value(row, Value.self)) {
        target[row] = result
      } else if bits?[row] ?? true {
        throw .damaged("value \(row) is out of the range of \(type)")
      }
    }
    return Vector(type, count: count, validity: validity, .values(buffer, start: 0))
  }

  private func decimals(
    _ bytes: ArrowBytes, _ type: DataType, _ count: Int, _ validity: Validity?, _ precision: Int, _ bits: Int
  ) throws(FormatFault) -> Vector {
    let limit = (0..<precision).reduce(Int128(1)) { power, _ in power * 10 }
    func fitting(_ value: Int128) -> Int128? { value < limit && value > -limit ? value : nil }
    func narrow(_ value: Int128) -> Int64? { fitting(value).map { Int64(truncatingIfNeeded: $0) } }
    switch (type.physical, bits) {
    case (.int64, 32): return try convert(bytes, type, count, validity) { (value: Int32) in narrow(Int128(value)) }
    case (.int64, 64): return try convert(bytes, type, count, validity) { (value: Int64) in narrow(Int128(value)) }
    case (.int64, 128): return try convert(bytes, type, count, validity) { (value: Int128) in narrow(value) }
    case (.int64, _): return try convert(bytes, type, count, validity) { (value: Wide) in value.number.flatMap(narrow) }
    case (_, 32): return try convert(bytes, type, count, validity) { (value: Int32) in fitting(Int128(value)) }
    case (_, 64): return try convert(bytes, type, count, validity) { (value: Int64) in fitting(Int128(value)) }
    case (_, 256):
      return try convert(bytes, type, count, validity) { (value: Wide) in value.number.flatMap(fitting) }
    default:
      // They lie as in a vector, but what is computed with them trusts in their digits.
      try bytes.require(count, of: Int128.self)
      let there = validity?.bits
      for row in 0..<count where fitting(bytes.value(row)) == nil && there?[row] ?? true {
        throw .damaged("value \(row) is out of the range of \(type)")
      }
      return try plain(bytes, type, count, validity)
    }
  }

  /// A whole number of 256 bits.
  private struct Wide: BitwiseCopyable {
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// The same in 128 bits, if they hold it.
    var number: Int128? {
      let number = Int128(truncatingIfNeeded: UInt128(words.1) << 64 | UInt128(words.0))
      let sign: UInt64 = number < 0 ? .max : 0
      return words.2 == sign && words.3 == sign ? number : nil
    }
  }

  private func intervals(
    _ bytes: ArrowBytes, _ type: DataType, _ count: Int, _ validity: Validity?, _ form: ArrowType.IntervalForm
  ) throws(FormatFault) -> Vector {
    switch form {
    case .months:
      return try convert(bytes, type, count, validity) { (months: Int32) in Interval(months: months) }
    case .daysAndMilliseconds:
      return try convert(bytes, type, count, validity) { (value: Int64) in
        Interval(days: Int32(truncatingIfNeeded: value), microseconds: (value >> 32) * 1000)
      }
    case .monthsDaysAndNanoseconds:
      return try convert(bytes, type, count, validity) { (value: UInt128) in
        let nanoseconds = Int64(truncatingIfNeeded: value >> 64)
        return Interval(
          months: Int32(truncatingIfNeeded: value), days: Int32(truncatingIfNeeded: value >> 32),
          microseconds: ArrowUnit.nanosecond.microseconds(nanoseconds) ?? 0)
      }
    }
  }
}
