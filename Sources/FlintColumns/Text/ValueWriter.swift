internal import FlintLayout

/// Writes values as texts, as Spark shows them.
package struct ValueWriter {
  package private(set) var bytes: [UInt8] = []
  /// Of the zone whose clocks show times.
  let zoneName: String
  private var clocks: Clocks

  package init(_ zone: ZoneRules) {
    zoneName = zone.name
    clocks = Clocks(zone)
    bytes.reserveCapacity(64)
  }

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func write(_ more: [UInt8]) { bytes += more }

  /// Writes a whole number, with leading zeros up to so many digits.
  package mutating func write(_ number: Int64, digits: Int = 1) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(48 &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    while bytes.count - start < digits { bytes.append(48) }
    bytes[start...].reverse()
  }

  /// A number as Java writes it: `1.0`, `1.0E10`, `NaN`, `-Infinity`.
  package mutating func write<Value: BinaryFloatingPoint & LosslessStringConvertible>(_ number: Value) {
    if number.isNaN { return write("NaN") }
    if number.isInfinite { return write(number < 0 ? "-Infinity" : "Infinity") }
    if number == 0 { return write(number.sign == .minus ? "-0.0" : "0.0") }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    // Swift writes as few digits as tell the number from its neighbours; only their form differs.
    let shortest = ShortestDigits(number.magnitude.description)
    let digits = shortest.digits
    let exponent = shortest.exponent
    if exponent >= -3, exponent < 7 {
      writePlain(digits, exponent)
    } else {
      writeFraction(digits[..<1], digits.dropFirst())
      bytes.append(UInt8(ascii: "E"))
      write(Int64(exponent))
    }
  }

  private mutating func writePlain(_ digits: [UInt8], _ exponent: Int) {
    if exponent < 0 {
      writeFraction([48], ArraySlice([UInt8](repeating: 48, count: -exponent - 1) + digits))
      return
    }
    let whole = digits.prefix(exponent + 1)
    bytes.append(contentsOf: whole)
    bytes.append(contentsOf: repeatElement(48, count: exponent + 1 - whole.count))
    writeFraction([], digits.dropFirst(exponent + 1))
  }

  private mutating func writeFraction(_ whole: ArraySlice<UInt8>, _ fraction: ArraySlice<UInt8>) {
    bytes.append(contentsOf: whole)
    bytes.append(UInt8(ascii: "."))
    if fraction.isEmpty { bytes.append(48) } else { bytes.append(contentsOf: fraction) }
  }

  package mutating func write(date days: Int64) {
    let day = CivilDay(days: days)
    // Years behind 9999 have a sign, so that they are read again.
    if day.year > 9999 { bytes.append(UInt8(ascii: "+")) }
    write(day.year, digits: 4)
    bytes.append(UInt8(ascii: "-"))
    write(day.month, digits: 2)
    bytes.append(UInt8(ascii: "-"))
    write(day.day, digits: 2)
  }

  /// What clocks show at a moment.
  mutating func local(_ moment: Int64) -> Int64 { clocks.local(moment) }

  /// As clocks show it, without zeros at the end.
  package mutating func write(timestamp moment: Int64) {
    let local = clocks.local(moment)
    let days = local.dividedDown(by: Clocks.day)
    write(date: days)
    bytes.append(UInt8(ascii: " "))
    write(timeOfDay: local - days * Clocks.day)
  }

  private mutating func write(timeOfDay time: Int64) {
    write(time / 3_600_000_000, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    write(time / 60_000_000 % 60, digits: 2)
    bytes.append(UInt8(ascii: ":"))
    write(time / 1_000_000 % 60, digits: 2)
    let fraction = time % 1_000_000
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    write(fraction, digits: 6)
    while bytes.last == 48 { bytes.removeLast() }
  }

  /// Such as `2 months 3 days 1.5 seconds`.
  package mutating func write(_ interval: Interval) {
    var parts: [String] = []
    if interval.months != 0 { parts.append("\(interval.months) months") }
    if interval.days != 0 { parts.append("\(interval.days) days") }
    if interval.microseconds != 0 || parts.isEmpty {
      let number = Decimal(unscaled: Int128(interval.microseconds), scale: 6).description
      parts.append(String(number.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()) + " seconds")
    }
    write(parts.joined(separator: " "))
  }

  /// Writes a value of any type; null as `null`, which stands inside nested values only.
  package mutating func write(_ vector: Vector, _ row: Int) {
    if vector.isNull(row) { return write("null") }
    if case .dictionary(_, _, let dictionary) = vector.form { return write(dictionary, Int(vector.codes[row])) }
    switch vector.type {
    case .boolean: write(vector.bits[row] ? "true" : "false")
    case .int8: write(Int64(vector.pointer(to: Int8.self)[row]))
    case .int16: write(Int64(vector.pointer(to: Int16.self)[row]))
    case .int32: write(Int64(vector.pointer(to: Int32.self)[row]))
    case .int64: write(vector.pointer(to: Int64.self)[row])
    case .float: write(vector.pointer(to: Float.self)[row])
    case .double: write(vector.pointer(to: Double.self)[row])
    case .decimal(_, let scale):
      write(Decimal(unscaled: WideLane(.vector(vector)).value(row), scale: scale).description)
    case .date: write(date: Int64(vector.pointer(to: Int32.self)[row]))
    case .timestamp: write(timestamp: vector.pointer(to: Int64.self)[row])
    case .interval: write(vector.pointer(to: Interval.self)[row])
    case .string, .binary: bytes.append(contentsOf: vector.text(row))
    case .list, .structure, .map: writeNested(vector, row)
    }
  }

  private mutating func writeNested(_ vector: Vector, _ row: Int) {
    switch vector.form {
    case .list(_, _, let elements):
      writeParts("[", Int(vector.offsets[row])..<Int(vector.offsets[row + 1]), "]") { $0.write(elements, $1) }
    case .structure(let parts):
      writeParts("{", parts.indices, "}") { $0.write(parts[$1], row) }
    case .map(_, _, let keys, let values):
      writeParts("{", Int(vector.offsets[row])..<Int(vector.offsets[row + 1]), "}") {
        $0.write(keys, $1)
        $0.write(" -> ")
        $0.write(values, $1)
      }
    case .bits, .values, .text, .dictionary: break
    }
  }

  private mutating func writeParts(
    _ opening: String, _ range: Range<Int>, _ closing: String, _ part: (inout ValueWriter, Int) -> Void
  ) {
    write(opening)
    for index in range {
      if index > range.lowerBound { write(", ") }
      part(&self, index)
    }
    write(closing)
  }
}
