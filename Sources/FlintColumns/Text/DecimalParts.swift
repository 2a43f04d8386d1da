/// A decimal number's digits and exponent, as a text has them.
struct DecimalParts {
  private var isNegative = false
  /// The first digits, as many as 128 bits hold for certain.
  private var digits: Int128 = 0
  private var digitCount = 0
  /// The power of ten of the last of these digits.
  private var exponent = 0
  /// The first digit behind these, for rounding; what follows it cannot change a half that is rounded away from zero.
  private var following: UInt8?

  /// Nil when the text is no number.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var scanner = TextScanner(trimming: text)
    isNegative = scanner.isNegative()
    var isBehindPoint = false
    var count = 0
    while let byte = scanner.next {
      if byte &- 48 < 10 {
        take(byte &- 48, isBehindPoint)
        count += 1
      } else if byte == UInt8(ascii: "."), !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      scanner.skip(1)
    }
    guard count > 0 else { return nil }
    if scanner.takes("e") || scanner.takes("E") {
      let isSmall = scanner.isNegative()
      guard let power = scanner.digits(atMost: 6), power.count > 0 else { return nil }
      exponent += isSmall ? -Int(power.value) : Int(power.value)
    }
    guard scanner.isAtEnd else { return nil }
  }

  /// Whether a text without white space is a number.
  static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool { DecimalParts(text) != nil }

  private mutating func take(_ digit: UInt8, _ isBehindPoint: Bool) {
    if digitCount < 38 {
      digits = digits &* 10 &+ Int128(digit)
      if digits != 0 { digitCount += 1 }
      if isBehindPoint { exponent -= 1 }
    } else {
      if following == nil { following = digit }
      if !isBehindPoint { exponent += 1 }
    }
  }

  /// The number times ten to the power of `scale`, rounded, halves away from zero; nil when it has no room.
  func unscaled(scale: Int) -> Int128? {
    let shift = exponent + scale
    let magnitude: Int128?
    if shift == 0 {
      magnitude = digits &+ ((following ?? 0) >= 5 ? 1 : 0)
    } else if shift > 0 {
      // More than 38 digits would be needed.
      magnitude = following == nil || digits == 0 ? DecimalMath.rescaled(digits, by: shift) : nil
    } else {
      magnitude = DecimalMath.rescaled(digits, by: shift)
    }
    return magnitude.map { isNegative ? -$0 : $0 }
  }

  /// The number when one multiplication or division of exact numbers gives it.
  var exactDouble: Double? {
    guard following == nil, digits < 1 << 53, abs(exponent) <= 22 else { return nil }
    let power = Self.powers[abs(exponent)]
    let magnitude = exponent < 0 ? Double(Int64(digits)) / power : Double(Int64(digits)) * power
    return isNegative ? -magnitude : magnitude
  }

  /// Powers of ten that are exact.
  private static let powers: [Double] = (0...22).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
