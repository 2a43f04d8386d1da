/// What becomes of a value of fixed width on its way from the file into a vector.
enum ValueConversion: Equatable {
  /// It stays as it is.
  case none
  /// 32 bits to 8 or 16.
  case narrow8, narrow16
  /// The lower 8 or 16 bits without a sign, to 16 or 32 with one.
  case unsigned8, unsigned16
  /// 32 bits with or without a sign to 64.
  case widen, unsigned32
  /// 32 or 64 bits to 128.
  case widen128, long128
  /// 64 bits without a sign to 128.
  case unsigned64
  /// Milliseconds or nanoseconds to microseconds.
  case millis, nanos
  /// Nanoseconds of a day and the day, in twelve bytes, to microseconds.
  case int96
  /// Big-endian numbers of so many bytes, to 64 or to 128 bits.
  case bigEndian64(Int), bigEndian128(Int)
  /// 16 bits to 32.
  case half
  /// Three numbers in twelve bytes: months, days, milliseconds.
  case interval

  /// Converts `count` values.
  func convert(
    _ source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer
  ) throws(FormatFault) {
    switch self {
    case .none: preconditionFailure("values that stay as they are need no conversion")
    case .narrow8: try Self.map(source, count, target, Int32.self, Self.fit(_:) as (Int32) throws(FormatFault) -> Int8)
    case .narrow16:
      try Self.map(source, count, target, Int32.self, Self.fit(_:) as (Int32) throws(FormatFault) -> Int16)
    case .unsigned8: Self.each(source, count, target, UInt32.self) { Int16($0 & 0xFF) }
    case .unsigned16: Self.each(source, count, target, UInt32.self) { Int32($0 & 0xFFFF) }
    case .widen: Self.each(source, count, target, Int32.self) { Int64($0) }
    case .unsigned32: Self.each(source, count, target, UInt32.self) { Int64($0) }
    case .widen128: Self.each(source, count, target, Int32.self) { Int128($0) }
    case .long128: Self.each(source, count, target, Int64.self) { Int128($0) }
    case .unsigned64: Self.each(source, count, target, UInt64.self) { Int128($0) }
    case .millis: try Self.map(source, count, target, Int64.self, Self.microseconds)
    case .nanos: Self.each(source, count, target, Int64.self) { Self.floor($0, 1000) }
    case .int96:
      for index in 0..<count {
        let value = source + index * 12
        let nanos = value.loadUnaligned(as: Int64.self)
        let day = Int64(value.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        // Julian days begin at noon of a day long ago; these count from midnight. A day has 86,400 million microseconds.
        let (midnight, overflow) = (day - 2_440_588).multipliedReportingOverflow(by: 86_400_000_000)
        if overflow { throw .damaged("a time lies beyond the year 294,000") }
        (target + index * 8).storeBytes(of: midnight &+ Self.floor(nanos, 1000), as: Int64.self)
      }
    case .bigEndian64(let size):
      for index in 0..<count {
        let value = try Self.bigEndian(source + index * size, size)
        (target + index * 8).storeBytes(of: try Self.fit(value) as Int64, as: Int64.self)
      }
    case .bigEndian128(let size):
      for index in 0..<count {
        let value = try Self.bigEndian(source + index * size, size)
        (target + index * 16).storeBytes(of: value, as: Int128.self)
      }
    case .half: Self.each(source, count, target, UInt16.self) { Self.float(half: $0) }
    case .interval:
      for index in 0..<count {
        let value = source + index * 12
        let months = value.loadUnaligned(as: Int32.self)
        let days = value.loadUnaligned(fromByteOffset: 4, as: Int32.self)
        let millis = value.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        let place = target + index * 16
        place.storeBytes(of: months, as: Int32.self)
        place.storeBytes(of: days, toByteOffset: 4, as: Int32.self)
        place.storeBytes(of: Int64(millis) * 1000, toByteOffset: 8, as: Int64.self)
      }
    }
  }

  /// A big-endian number of up to 16 bytes, or of more whose first ones say nothing.
  static func bigEndian(_ bytes: UnsafeRawPointer, _ size: Int) throws(FormatFault) -> Int128 {
    guard size > 0 else { return 0 }
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    var value: Int128 = bytes[0] & 0x80 == 0 ? 0 : -1
    for index in 0..<size {
      let (top, low) = (value >> 120, bytes[index])
      // What is shifted out must be copies of the sign.
      guard index < 16 || top == (value < 0 ? -1 : 0) else { throw .damaged("a decimal has more than 38 digits") }
      value = value << 8 | Int128(low)
    }
    return value
  }

  /// A number of 16 bits as one of 32, which holds it exactly.
  static func float(half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let (exponent, fraction) = (UInt32(half >> 10) & 31, UInt32(half & 0x3FF))
    switch exponent {
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    case 0:
      // Too small for an exponent: the fraction counts in steps of two to the power of -24.
      let value = Float(fraction) * 0x1p-24
      return sign == 0 ? value : -value
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  private static func microseconds(_ millis: Int64) throws(FormatFault) -> Int64 {
    let (micros, overflow) = millis.multipliedReportingOverflow(by: 1000)
    if overflow { throw .unsupported("a time lies beyond the year 294,000") }
    return micros
  }

  private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }

  private static func fit<Source: FixedWidthInteger, Target: FixedWidthInteger>(
    _ value: Source
  ) throws(FormatFault) -> Target {
    guard let value = Target(exactly: value) else { throw .damaged("a number does not fit its type") }
    return value
  }

  @inline(__always)
  private static func each<Source: BitwiseCopyable, Target: BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _: Source.Type,
    _ body: (Source) -> Target
  ) {
    let target = target.assumingMemoryBound(to: Target.self)
    for index in 0..<count {
      target[index] = body(source.loadUnaligned(fromByteOffset: index &* MemoryLayout<Source>.size, as: Source.self))
    }
  }

  @inline(__always)
  private static func map<Source: BitwiseCopyable, Target: BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _: Source.Type,
    _ body: (Source) throws(FormatFault) -> Target
  ) throws(FormatFault) {
    let target = target.assumingMemoryBound(to: Target.self)
    for index in 0..<count {
      let value = source.loadUnaligned(fromByteOffset: index &* MemoryLayout<Source>.size, as: Source.self)
      target[index] = try body(value)
    }
  }
}
