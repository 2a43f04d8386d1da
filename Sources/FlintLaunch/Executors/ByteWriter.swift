internal import FlintCore

/// Appends values to bytes, integers with the least byte first.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(contentsOf other: [UInt8]) { bytes.append(contentsOf: other) }

  /// A text with its length before it; nil is a length of its own.
  mutating func append(_ text: String?) {
    guard let text else { return append(UInt32.max) }
    append(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// An error with its words; its causes become one text.
  mutating func append(_ error: FlintError) {
    append(error.code.rawValue)
    append(error.what)
    append(error.why)
    append(error.remedy)
    append(error.location?.file)
    append(Int64(error.location?.line ?? 0))
    append(error.cause.map { "\($0)" })
  }
}
