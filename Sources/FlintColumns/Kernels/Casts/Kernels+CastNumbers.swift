internal import FlintCore
internal import FlintLayout

extension Kernels {
  // MARK: Whole numbers.

  func castWholes<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _ cast: Cast
  ) throws(FlintError) -> Vector {
    switch cast.type {
    case .boolean: return try castToBits(vector, Value.self)
    case .int8: return try narrow(vector, Value.self, Int8.self, cast)
    case .int16: return try narrow(vector, Value.self, Int16.self, cast)
    case .int32: return try narrow(vector, Value.self, Int32.self, cast)
    case .int64: return try narrow(vector, Value.self, Int64.self, cast)
    case .float: return try map(vector, from: Value.self, to: .float) { Float($0) }
    case .double: return try map(vector, from: Value.self, to: .double) { Double($0) }
    case .decimal(let precision, let scale):
      let factor = DecimalMath.power(scale)
      let limit = DecimalMath.power(precision - scale)
      return try convertToDecimal(vector, Value.self, cast) {
        // Within the limit the product cannot overflow.
        DecimalMath.fits(Int128($0), below: limit) ? Int128($0) &* factor : nil
      }
    case .timestamp:
      return try convert(vector, Value.self, Int64.self, cast) {
        let (microseconds, overflow) = Int64($0).multipliedReportingOverflow(by: 1_000_000)
        return (microseconds, overflow)
      }
    case .date, .interval, .string, .binary, .list, .structure, .map: throw unsupported(vector.type, cast)
    }
  }

  private func narrow<
    Value: FixedWidthInteger & BitwiseCopyable, Result: FixedWidthInteger & BitwiseCopyable
  >(_ vector: Vector, _: Value.Type, _: Result.Type, _ cast: Cast) throws(FlintError) -> Vector {
    if cast.wraps || Result.bitWidth >= Value.bitWidth {
      return try map(vector, from: Value.self, to: cast.type) { Result(truncatingIfNeeded: $0) }
    }
    return try convert(vector, Value.self, Result.self, cast) {
      let result = Result(truncatingIfNeeded: $0)
      return (result, Value(truncatingIfNeeded: result) != $0)
    }
  }

  func castToBits<Value: BitwiseCopyable & Equatable & ExpressibleByIntegerLiteral>(
    _ vector: Vector, _: Value.Type
  ) throws(FlintError) -> Vector {
    let values = vector.pointer(to: Value.self)
    return Vector(
      .boolean, count: vector.count, validity: vector.validity, nullCount: vector.nullCount,
      .bits(try packed(vector.count) { values[$0] == 0 ? 0 : 1 }, start: 0))
  }

  /// Converts to a decimal of either width; nil has no counterpart.
  @inline(__always)
  func convertToDecimal<Value: BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _ cast: Cast, _ body: (Value) -> Int128?
  ) throws(FlintError) -> Vector {
    if cast.type.physical == .int128 {
      return try convert(vector, Value.self, Int128.self, cast) { value in
        let number = body(value)
        return (number ?? 0, number == nil)
      }
    }
    return try convert(vector, Value.self, Int64.self, cast) { value in
      let number = body(value)
      return (Int64(truncatingIfNeeded: number ?? 0), number == nil)
    }
  }

  // MARK: Floating-point numbers.

  func castFloats<Value: BinaryFloatingPoint & BitwiseCopyable & LosslessStringConvertible>(
    _ vector: Vector, _: Value.Type, _ cast: Cast
  ) throws(FlintError) -> Vector {
    switch cast.type {
    case .boolean: return try castToBits(vector, Value.self)
    case .int8: return try truncate(vector, Value.self, Int8.self, cast)
    case .int16: return try truncate(vector, Value.self, Int16.self, cast)
    case .int32: return try truncate(vector, Value.self, Int32.self, cast)
    case .int64: return try truncate(vector, Value.self, Int64.self, cast)
    case .float: return try map(vector, from: Value.self, to: .float) { Float($0) }
    case .double: return try map(vector, from: Value.self, to: .double) { Double($0) }
    case .decimal(let precision, let scale):
      let limit = DecimalMath.power(precision)
      // Through the digits that people see: 0.1 is 0.1 and not the binary number beside it.
      return try convertToDecimal(vector, Value.self, cast) { value in
        var text = value.description
        let number = text.withUTF8 { NumberText.decimal($0, scale: scale) }
        return number.flatMap { DecimalMath.fits($0, below: limit) ? $0 : nil }
      }
    case .timestamp:
      return try convert(vector, Value.self, Int64.self, cast) {
        let microseconds = (Double($0) * 1_000_000).rounded(.towardZero)
        let number = Int64(exactly: microseconds)
        return (number ?? 0, number == nil)
      }
    case .date, .interval, .string, .binary, .list, .structure, .map: throw unsupported(vector.type, cast)
    }
  }

  private func truncate<
    Value: BinaryFloatingPoint & BitwiseCopyable, Result: FixedWidthInteger & SignedInteger & BitwiseCopyable
  >(_ vector: Vector, _: Value.Type, _: Result.Type, _ cast: Cast) throws(FlintError) -> Vector {
    // The least number is a power of two and exact; the one above the largest is its opposite.
    let least = Value(sign: .minus, exponent: Value.Exponent(Result.bitWidth - 1), significand: 1)
    if cast.wraps {
      return try map(vector, from: Value.self, to: cast.type) { value in
        // Java makes an int or a long of it first, the nearest one.
        if Result.bitWidth >= 32 { return Self.clamped(value, Result.self) }
        return Result(truncatingIfNeeded: Self.clamped(value, Int32.self))
      }
    }
    return try convert(vector, Value.self, Result.self, cast) { value in
      let whole = value.rounded(.towardZero)
      let isFaulty = !(whole >= least && whole < -least)
      return (isFaulty ? 0 : Result(whole), isFaulty)
    }
  }

  @inline(__always)
  private static func clamped<Value: BinaryFloatingPoint, Result: FixedWidthInteger & SignedInteger>(
    _ value: Value, _: Result.Type
  ) -> Result {
    let least = Value(sign: .minus, exponent: Value.Exponent(Result.bitWidth - 1), significand: 1)
    if value.isNaN { return 0 }
    if value <= least { return .min }
    return value >= -least ? .max : Result(value)
  }

  // MARK: Decimals.

  func castDecimals(_ vector: Vector, scale: Int, _ cast: Cast) throws(FlintError) -> Vector {
    if vector.type.physical == .int64 { return try castDecimals(vector, Int64.self, scale: scale, cast) }
    return try castDecimals(vector, Int128.self, scale: scale, cast)
  }

  private func castDecimals<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, scale: Int, _ cast: Cast
  ) throws(FlintError) -> Vector {
    let divisor = DecimalMath.power(scale)
    let power = Double(divisor)
    switch cast.type {
    case .boolean: return try castToBits(vector, Value.self)
    case .int8: return try wholePart(vector, Value.self, Int8.self, divisor, cast)
    case .int16: return try wholePart(vector, Value.self, Int16.self, divisor, cast)
    case .int32: return try wholePart(vector, Value.self, Int32.self, divisor, cast)
    case .int64: return try wholePart(vector, Value.self, Int64.self, divisor, cast)
    case .float:
      return try map(vector, from: Value.self, to: .float) { Float(Self.double(Int128($0), power, scale: scale)) }
    case .double:
      return try map(vector, from: Value.self, to: .double) { Self.double(Int128($0), power, scale: scale) }
    case .decimal(let precision, let newScale):
      let limit = DecimalMath.power(precision)
      let shift = newScale - scale
      return try convertToDecimal(vector, Value.self, cast) {
        guard let number = DecimalMath.rescaled(Int128($0), by: shift) else { return nil }
        return DecimalMath.fits(number, below: limit) ? number : nil
      }
    case .timestamp:
      return try convert(vector, Value.self, Int64.self, cast) {
        // What lies behind microseconds is cut off.
        let number =
          scale > 6 ? Int128($0) / DecimalMath.power(scale - 6) : DecimalMath.rescaled(Int128($0), by: 6 - scale)
        let microseconds = number.flatMap { Int64(exactly: $0) }
        return (microseconds ?? 0, microseconds == nil)
      }
    case .date, .interval, .string, .binary, .list, .structure, .map: throw unsupported(vector.type, cast)
    }
  }

  private func wholePart<
    Value: FixedWidthInteger & SignedInteger & BitwiseCopyable, Result: FixedWidthInteger & BitwiseCopyable
  >(_ vector: Vector, _: Value.Type, _: Result.Type, _ divisor: Int128, _ cast: Cast) throws(FlintError) -> Vector {
    let wraps = cast.wraps
    return try convert(vector, Value.self, Result.self, cast) {
      let whole = Int128($0) / divisor
      let result = Result(truncatingIfNeeded: whole)
      return (result, !wraps && Int128(result) != whole)
    }
  }

  /// The nearest number. `power` is ten to the power of `scale`, of which 22 are exact.
  @inline(__always)
  private static func double(_ unscaled: Int128, _ power: Double, scale: Int) -> Double {
    if unscaled.magnitude < 1 << 53, scale <= 22 { return Double(Int64(truncatingIfNeeded: unscaled)) / power }
    return Double(Decimal(unscaled: unscaled, scale: scale).description) ?? .nan
  }
}
