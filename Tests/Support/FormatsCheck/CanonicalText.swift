import FlintColumns

/// Values as a text that is the same for equal values and different for different ones, whoever writes it: floating-point
/// numbers by their bits, texts by their bytes.
struct CanonicalText {
  private(set) var bytes: [UInt8] = []
  private static let digits = Array("0123456789abcdef".utf8)

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(raw text: String) { bytes += Array(text.utf8) }
  mutating func append(number: some BinaryInteger) { bytes += Array(String(number).utf8) }

  mutating func append(hex: some Sequence<UInt8>) {
    for byte in hex {
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    }
  }

  /// Appends value `row` of a vector.
  mutating func append(_ vector: Vector, _ row: Int) {
    guard !vector.isNull(row) else { return append("null") }
    switch vector.form {
    case .dictionary(_, _, let dictionary):
      guard vector.type.physical != .text else { return append(text: vector.text(row)) }
      append(dictionary, Int(vector.codes[row]))
    case .bits: append(vector.bits[row] ? "true" : "false")
    case .values: appendPlain(vector, row)
    case .text: append(text: vector.text(row))
    case .structure(let parts):
      append("{")
      for (index, part) in parts.enumerated() {
        if index > 0 { append(",") }
        append(part, row)
      }
      append("}")
    case .list(_, _, let elements):
      append("[")
      for index in vector.offsets[row]..<vector.offsets[row + 1] {
        if index > vector.offsets[row] { append(",") }
        append(elements, Int(index))
      }
      append("]")
    case .map(_, _, let keys, let values):
      append("<")
      for index in vector.offsets[row]..<vector.offsets[row + 1] {
        if index > vector.offsets[row] { append(",") }
        append(keys, Int(index))
        append("=")
        append(values, Int(index))
      }
      append(">")
    }
  }

  private mutating func append(text: UnsafeBufferPointer<UInt8>) {
    append("x")
    append(hex: text)
  }

  private mutating func appendPlain(_ vector: Vector, _ row: Int) {
    switch vector.type.physical {
    case .int8: append(number: vector.pointer(to: Int8.self)[row])
    case .int16: append(number: vector.pointer(to: Int16.self)[row])
    case .int32: append(number: vector.pointer(to: Int32.self)[row])
    case .int64: append(number: vector.pointer(to: Int64.self)[row])
    case .int128: append(number: vector.pointer(to: Int128.self)[row])
    case .float:
      let value = vector.pointer(to: Float.self)[row]
      append("f")
      if value.isNaN { append("nan") } else { append(number: value.bitPattern) }
    case .double:
      let value = vector.pointer(to: Double.self)[row]
      append("d")
      if value.isNaN { append("nan") } else { append(number: value.bitPattern) }
    case .interval:
      let value = vector.pointer(to: Interval.self)[row]
      append("i")
      append(number: value.months)
      append("/")
      append(number: value.days)
      append("/")
      append(number: value.microseconds)
    case .bit, .text, .list, .structure, .map: preconditionFailure("\(vector.type) has no plain values")
    }
  }
}
