internal import FlintColumns
internal import FlintCore

/// Reads numbers as Spark does: `12` is an int, or a bigint if it is too large; `1.5` a decimal, `1e5` a double; letters
/// behind the digits say another type.
enum NumberLiteral {
  static func value(_ text: String, _ origin: Origin) throws(FlintError) -> Literal {
    let upper = text.uppercased()
    let digits = String(upper.dropLast())
    if upper.hasSuffix("BD") { return try decimal(String(upper.dropLast(2)), origin) }
    switch upper.last {
    case "L": return .int64(try whole(digits, origin))
    case "S": return .int16(try whole(digits, origin))
    case "Y": return .int8(try whole(digits, origin))
    case "D": return .double(try double(digits, origin))
    case "F": return .float(Float(try double(digits, origin)))
    default: break
    }
    if upper.contains("E") { return .double(try double(upper, origin)) }
    if upper.contains(".") { return try decimal(upper, origin) }
    if let number = Int32(upper) { return .int32(number) }
    if let number = Int64(upper) { return .int64(number) }
    return try decimal(upper, origin)
  }

  private static func whole<Number: FixedWidthInteger>(
    _ digits: String, _ origin: Origin
  ) throws(FlintError) -> Number {
    guard let number = Number(digits) else { throw wrong(origin) }
    return number
  }

  private static func double(_ digits: String, _ origin: Origin) throws(FlintError) -> Double {
    // Also what `Double` reads beside decimal digits, such as `nan` and hexadecimal numbers, is no number here.
    guard digits.utf8.allSatisfy({ (43...57).contains($0) || $0 == UInt8(ascii: "E") }), let number = Double(digits)
    else { throw wrong(origin) }
    return number
  }

  private static func decimal(_ text: String, _ origin: Origin) throws(FlintError) -> Literal {
    var unscaled: Int128 = 0
    var digits = 0
    var scale = 0
    var isBehindPoint = false
    for character in text.drop(while: { $0 == "-" }) {
      if character == ".", !isBehindPoint {
        isBehindPoint = true
        continue
      }
      guard let digit = character.wholeNumberValue, character.isASCII else { throw wrong(origin) }
      if unscaled > 0 || digit > 0 { digits += 1 }
      guard digits <= DataType.maximumPrecision else {
        throw origin.error(.invalidQuery, "a decimal has no more than \(DataType.maximumPrecision) digits")
      }
      unscaled = unscaled * 10 + Int128(digit)
      if isBehindPoint { scale += 1 }
    }
    guard scale <= DataType.maximumPrecision else { throw wrong(origin) }
    return .decimal(text.hasPrefix("-") ? -unscaled : unscaled, precision: max(digits, scale, 1), scale: scale)
  }

  private static func wrong(_ origin: Origin) -> FlintError {
    origin.error(.invalidQuery, "this is no number")
  }
}
