/// Numbers out of texts.
package enum NumberText {
  /// A whole number with an optional sign. With `isLenient` digits behind a point are cut off.
  package static func whole(_ text: UnsafeBufferPointer<UInt8>, isLenient: Bool) -> Int64? {
    var scanner = TextScanner(trimming: text)
    let isNegative = scanner.isNegative()
    // It is counted downwards, since there is one negative number more.
    var value: Int64 = 0
    var count = 0
    while let byte = scanner.next, byte &- 48 < 10 {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (next, overflow) = product.subtractingReportingOverflow(Int64(byte &- 48))
      if tooLarge || overflow { return nil }
      value = next
      count += 1
      scanner.skip(1)
    }
    if !scanner.isAtEnd {
      guard isLenient, scanner.takes("."), let rest = scanner.digits(atMost: .max), scanner.isAtEnd,
        rest.count + count > 0
      else { return nil }
    } else if count == 0 {
      return nil
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// A decimal's unscaled number, rounded to so many digits behind the point; nil when it is none, or has no room in
  /// 128 bits.
  package static func decimal(_ text: UnsafeBufferPointer<UInt8>, scale: Int) -> Int128? {
    guard let parts = DecimalParts(text) else { return nil }
    return parts.unscaled(scale: scale)
  }

  /// A floating-point number as Swift and Java write it, `Infinity`, `inf` and `NaN` in any case.
  package static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    if let parts = DecimalParts(text), let exact = parts.exactDouble { return exact }
    return spelled(text) { Double($0) }
  }

  /// As ``double(_:)``, rounded once.
  package static func float(_ text: UnsafeBufferPointer<UInt8>) -> Float? { spelled(text) { Float($0) } }

  private static func spelled<Value: BinaryFloatingPoint>(
    _ text: UnsafeBufferPointer<UInt8>, _ number: (String) -> Value?
  ) -> Value? {
    let scanner = TextScanner(trimming: text)
    guard let first = scanner.next else { return nil }
    let spelling = String(decoding: scanner.rest, as: UTF8.self)
    // Only decimal numbers: Swift would also take hexadecimal ones, and payloads of NaN.
    if first &- 48 < 10 || first == UInt8(ascii: ".") || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      if DecimalParts.isNumber(scanner.rest) { return number(spelling) }
    }
    switch spelling.lowercased() {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }
}
