internal import FlintCore

/// Writes events as lines of JSON, one behind another, without making anything of its own for each field.
struct EventLine {
  /// The lines that were written and not taken.
  private(set) var bytes: [UInt8] = []

  /// Begins a line; `wall` is in microseconds since 1970, `monotonic` in nanoseconds of the driver's clock.
  mutating func begin(_ event: StaticString, wall: WallTime, monotonic: MonotonicInstant) {
    append("{\"event\":\"")
    append(event)
    append("\"")
    field("wall", wall.microseconds)
    field("monotonic", monotonic.nanoseconds)
  }

  mutating func end() { append("}\n") }

  mutating func take() -> [UInt8] {
    defer { bytes.removeAll() }
    return bytes
  }

  // MARK: Fields

  mutating func field(_ key: StaticString, _ value: some BinaryInteger) {
    name(key)
    number(value)
  }

  mutating func field(_ key: StaticString, _ value: Bool) {
    name(key)
    append(value ? "true" : "false")
  }

  mutating func field(_ key: StaticString, _ value: String?) {
    guard let value else { return }
    name(key)
    bytes.append(json: value)
  }

  mutating func field(_ key: StaticString, _ value: StaticString) {
    name(key)
    append("\"")
    append(value)
    append("\"")
  }

  mutating func field(_ key: StaticString, _ values: some Sequence<UInt64>) {
    name(key)
    append("[")
    var isFirst = true
    for value in values {
      if !isFirst { append(",") }
      isFirst = false
      number(value)
    }
    append("]")
  }

  /// An object of texts.
  mutating func field(_ key: StaticString, _ texts: [(name: String, text: String)]) {
    name(key)
    append("{")
    for (index, entry) in texts.enumerated() {
      if index > 0 { append(",") }
      bytes.append(json: entry.name)
      append(":")
      bytes.append(json: entry.text)
    }
    append("}")
  }

  private mutating func name(_ key: StaticString) {
    append(",\"")
    append(key)
    append("\":")
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func number(_ value: some BinaryInteger) {
    if value < 0 { append("-") }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest != 0
    bytes[start...].reverse()
  }
}
