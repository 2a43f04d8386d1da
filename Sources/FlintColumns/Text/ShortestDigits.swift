/// The digits of a positive number as Swift describes it, and the power of ten of the first one.
struct ShortestDigits {
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  init(_ description: String) {
    var power = 0
    var isBehindPoint = false
    var wholeDigits = 0
    var text = description.utf8[...]
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      power = Int(Substring(text[text.index(after: mark)...])) ?? 0
      text = text[..<mark]
    }
    for byte in text {
      if byte == UInt8(ascii: ".") {
        isBehindPoint = true
      } else if byte == 48, digits.isEmpty {
        // Zeros before the first digit only move it.
        if isBehindPoint { wholeDigits -= 1 }
      } else {
        digits.append(byte)
        if !isBehindPoint { wholeDigits += 1 }
      }
    }
    while digits.count > 1, digits.last == 48 { digits.removeLast() }
    exponent = wholeDigits - 1 + power
  }
}
