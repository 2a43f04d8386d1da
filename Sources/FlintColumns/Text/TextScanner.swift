/// Reads numbers and dates from the bytes of one text. Each function returns nil for what it does not accept, and then the
/// place is anywhere.
struct TextScanner {
  private var place: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  /// All of a text but white space around it.
  init(trimming text: UnsafeBufferPointer<UInt8>) {
    guard let base = text.baseAddress else {
      // No byte is read of an empty text.
      place = UnsafePointer(bitPattern: 64).unsafelyUnwrapped
      end = place
      return
    }
    var first = base
    var last = base + text.count
    while first < last, first.pointee <= 32 { first += 1 }
    while last > first, (last - 1).pointee <= 32 { last -= 1 }
    place = first
    end = last
  }

  /// All of a text.
  init(whole text: UnsafeBufferPointer<UInt8>) {
    // No byte is read of an empty text.
    place = text.baseAddress ?? UnsafePointer(bitPattern: 64).unsafelyUnwrapped
    end = place + text.count
  }

  var isAtEnd: Bool { place == end }
  var remaining: Int { end - place }
  var next: UInt8? { place < end ? place.pointee : nil }
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: place, count: end - place) }

  mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard place < end, place.pointee == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  /// `-`, `+` or nothing: whether it is the first.
  mutating func isNegative() -> Bool {
    if takes("-") { return true }
    _ = takes("+")
    return false
  }

  /// Digits as a number, and how many they were; nil for more than 18.
  mutating func digits(atMost most: Int = 18) -> (value: Int64, count: Int)? {
    var value: Int64 = 0
    var count = 0
    while place < end, place.pointee &- 48 < 10 {
      if count == most { return nil }
      value = value &* 10 &+ Int64(place.pointee &- 48)
      place += 1
      count &+= 1
    }
    return (value, count)
  }

  mutating func skip(_ count: Int) { place += count }
}
