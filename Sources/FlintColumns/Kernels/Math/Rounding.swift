/// Rounding of floating-point numbers by the digits that people see: 1.005 is rounded to 1.01, though the binary number lies
/// below it.
enum Rounding {
  static func rounded(_ number: Double, _ digits: Int) -> Double {
    guard number.isFinite, digits < 400 else { return number }
    if digits <= 22, digits >= 0 {
      let power = powers[digits]
      let shifted = number * power
      // Where no half is near, one division of exact numbers gives the nearest result.
      let whole = shifted.rounded(.towardZero)
      let rest = (shifted - whole).magnitude
      if whole.magnitude < exactBelow, (rest - 0.5).magnitude > 1e-4 {
        // A zero has no sign.
        return (rest > 0.5 ? whole + (shifted < 0 ? -1 : 1) : whole) / power + 0
      }
    }
    return (spelled(number.description, digits).flatMap { Double($0) } ?? number) + 0
  }

  static func rounded(_ number: Float, _ digits: Int) -> Float {
    guard number.isFinite, digits < 100 else { return number }
    return (spelled(number.description, digits).flatMap { Float($0) } ?? number) + 0
  }

  /// A number that Swift wrote, rounded digit by digit; nil when it has no more digits than that.
  private static func spelled(_ text: String, _ digits: Int) -> String? {
    let shortest = ShortestDigits(text.first == "-" ? String(text.dropFirst()) : text)
    // How many of its digits are kept: all those before the point, and so many behind.
    let kept = shortest.exponent + 1 + digits
    guard kept < shortest.digits.count else { return nil }
    let sign = text.first == "-" ? "-" : ""
    if kept < 0 { return sign + "0.0" }
    var number: [UInt8] = [48] + shortest.digits[..<kept]
    if shortest.digits[kept] >= 53 {
      var index = number.count - 1
      while number[index] == 57 {
        number[index] = 48
        index -= 1
      }
      number[index] += 1
    }
    return sign + String(decoding: number, as: UTF8.self) + "e\(-digits)"
  }

  /// Below this a product is less than 1e-4 from what it should be.
  private static let exactBelow = 0x1p38
  private static let powers: [Double] = (0...22).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
