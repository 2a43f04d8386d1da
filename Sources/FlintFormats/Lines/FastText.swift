internal import FlintColumns

/// Numbers and times in the forms that nearly all files have, eight bytes at a time. Nil says nothing but that the
/// text has another form: who asked looks at it again.
///
/// Sixteen bytes before a text may be read.
enum FastText {
  private static let zeros: UInt64 = 0x3030_3030_3030_3030
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// A number's digits without its point, and how many of them stand behind that.
  struct Digits {
    var value: UInt64
    var fraction: Int
    var isNegative: Bool
  }

  /// A whole number of up to sixteen digits with an optional `-`.
  @inline(__always)
  static func whole(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count > 0 else { return nil }
    let isNegative = start.pointee == UInt8(ascii: "-")
    let digits = count &- (isNegative ? 1 : 0)
    guard digits > 0, digits <= 16 else { return nil }
    let end = UnsafeRawPointer(start + count)
    var value: UInt64
    if digits <= 8 {
      let word = filled(end, digits) ^ zeros
      guard isDigits(word) else { return nil }
      value = number(word)
    } else {
      let low = filled(end - 8, digits &- 8) ^ zeros
      let high = load(end - 8) ^ zeros
      guard isDigits(low), isDigits(high) else { return nil }
      value = number(low) &* 100_000_000 &+ number(high)
    }
    if isNegative { value = 0 &- value }
    return Int64(bitPattern: value)
  }

  /// Digits with an optional `-` and an optional point, sixteen bytes at most.
  @inline(__always)
  static func digits(_ start: UnsafePointer<UInt8>, _ count: Int) -> Digits? {
    guard count > 0 else { return nil }
    let isNegative = start.pointee == UInt8(ascii: "-")
    let size = count &- (isNegative ? 1 : 0)
    guard size > 0, size <= 16 else { return nil }
    let end = UnsafeRawPointer(start + count)
    if size <= 8 {
      var word = filled(end, size)
      let point = self.point(word)
      if point < 8 { word = without(point, word, 0x30) }
      word ^= zeros
      guard isDigits(word), point == 8 || size > 1 else { return nil }
      return Digits(value: number(word), fraction: point == 8 ? 0 : 7 &- point, isNegative: isNegative)
    }
    var low = filled(end - 8, size &- 8)
    var high = load(end - 8)
    let (lowPoint, highPoint) = (point(low), point(high))
    var fraction = 0
    if highPoint < 8 {
      high = without(highPoint, high, low >> 56)
      low = (low << 8) | 0x30
      fraction = 7 &- highPoint
    } else if lowPoint < 8 {
      low = without(lowPoint, low, 0x30)
      fraction = 15 &- lowPoint
    }
    low ^= zeros
    high ^= zeros
    guard isDigits(low), isDigits(high) else { return nil }
    return Digits(value: number(low) &* 100_000_000 &+ number(high), fraction: fraction, isNegative: isNegative)
  }

  /// A number that one division of exact ones gives.
  @inline(__always)
  static func double(_ start: UnsafePointer<UInt8>, _ count: Int, _ powers: UnsafePointer<Double>) -> Double? {
    guard let digits = digits(start, count), digits.value < 1 << 53 else { return nil }
    let magnitude = Double(Int64(bitPattern: digits.value)) / powers[digits.fraction]
    return digits.isNegative ? -magnitude : magnitude
  }

  /// The powers of ten that ``double(_:_:_:)`` wants.
  static let powers: [Double] = (0...16).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  /// Days of `yyyy-mm-dd`.
  @inline(__always)
  static func date(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    guard count == 10 else { return nil }
    return day(UnsafeRawPointer(start)).map { Int32(truncatingIfNeeded: $0) }
  }

  /// Microseconds of `yyyy-mm-dd hh:mm:ss` with `T` or a blank between, and up to six digits behind a point, as if
  /// clocks showed UTC.
  @inline(__always)
  static func timestamp(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count >= 19, start[10] == UInt8(ascii: " ") || start[10] == UInt8(ascii: "T"),
      let day = day(UnsafeRawPointer(start))
    else { return nil }
    // Digits, with colons at the third byte and the sixth.
    let word = (UnsafeRawPointer(start) + 11).loadUnaligned(as: UInt64.self) ^ 0x3030_3A30_303A_3030
    guard isDigits(word), word & 0x0000_FF00_00FF_0000 == 0 else { return nil }
    let pairs = (word &* 10) &+ (word >> 8)
    let hour = Int64(pairs & 0xFF)
    let minute = Int64(pairs >> 24 & 0xFF)
    let second = Int64(pairs >> 48 & 0xFF)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let seconds = day &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second
    if count == 19 { return seconds &* 1_000_000 }
    guard start[19] == UInt8(ascii: "."), count > 20, count <= 26 else { return nil }
    var fraction: Int64 = 0
    for index in 20..<26 {
      let digit = index < count ? start[index] &- 48 : 0
      guard digit < 10 else { return nil }
      fraction = fraction &* 10 &+ Int64(digit)
    }
    return seconds &* 1_000_000 &+ fraction
  }

  @inline(__always)
  private static func day(_ start: UnsafeRawPointer) -> Int64? {
    // Digits, with dashes at the fifth byte and the eighth.
    let word = start.loadUnaligned(as: UInt64.self) ^ 0x2D30_302D_3030_3030
    let last = start.loadUnaligned(fromByteOffset: 8, as: UInt16.self) ^ 0x3030
    guard isDigits(word), isDigits(UInt64(last)), word & 0xFF00_00FF_0000_0000 == 0 else {
      return nil
    }
    let pairs = (word &* 10) &+ (word >> 8)
    let date = CivilDay(
      year: Int64(pairs & 0xFF) &* 100 &+ Int64(pairs >> 16 & 0xFF), month: Int64(pairs >> 40 & 0xFF),
      day: Int64(last & 0xFF) &* 10 &+ Int64(last >> 8))
    return date.isValid ? date.days : nil
  }

  // MARK: Eight bytes.

  @inline(__always)
  private static func load(_ place: UnsafeRawPointer) -> UInt64 {
    UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
  }

  /// The last `count` bytes before `end`, 1 to 8, with zeros as digits before them.
  @inline(__always)
  private static func filled(_ end: UnsafeRawPointer, _ count: Int) -> UInt64 {
    let mask = ~0 &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    return (load(end - 8) & mask) | (zeros & ~mask)
  }

  /// Whether all eight bytes are at most 9.
  @inline(__always)
  private static func isDigits(_ word: UInt64) -> Bool {
    ((word &+ 0x7676_7676_7676_7676) | word) & tops == 0
  }

  /// The number of eight digits, the first in the lowest byte.
  @inline(__always)
  private static func number(_ digits: UInt64) -> UInt64 {
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let pairs = (digits &* 10) &+ (digits >> 8)
    return ((pairs & mask) &* 0x000F_4240_0000_0064 &+ ((pairs >> 16) & mask) &* 0x0000_2710_0000_0001) >> 32
  }

  /// The place of the first point, or 8.
  @inline(__always)
  private static func point(_ word: UInt64) -> Int {
    let other = word ^ 0x2E2E_2E2E_2E2E_2E2E
    let found = (other &- 0x0101_0101_0101_0101) & ~other & tops
    return found.trailingZeroBitCount &>> 3
  }

  /// Closes the gap that a point leaves, from below, where `first` comes in.
  @inline(__always)
  private static func without(_ point: Int, _ word: UInt64, _ first: UInt64) -> UInt64 {
    let above = (~0 &<< UInt64(truncatingIfNeeded: 8 &* point)) &<< 8
    let below = ~(~0 &<< UInt64(truncatingIfNeeded: 8 &* point))
    return (word & above) | ((word & below) << 8) | first
  }
}
