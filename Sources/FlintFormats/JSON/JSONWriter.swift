public import FlintColumns
public import FlintCompression
public import FlintCore

/// Writes rows as JSON, an object on each line. Numbers that are none are texts, bytes are Base64, timestamps have
/// their offset. One user at a time, who waits for each call.
public actor JSONWriter {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let output: LineOutput
  private let keepsNull: Bool
  private let lineEnd: [UInt8]
  private let date: TimePattern?
  private let timestamp: TimePattern
  private var writer: ValueWriter

  /// A writer into an empty file, which it does not close. Throws `invalid-argument` for options that cannot be, and
  /// `unsupported-type` for columns that JSON does not hold.
  public init(
    _ file: any OpenFile, _ schema: Schema, _ options: JSONOptions = JSONOptions(), codec: CompressionCodec? = nil,
    zone: ZoneRules = .utc
  ) throws(FlintError) {
    for field in schema.fields { try Self.check(field) }
    self.schema = schema
    output = try LineOutput(file, codec)
    keepsNull = !options.ignoreNullFields
    lineEnd = Array((options.lineSep ?? "\n").utf8)
    date = try options.dateFormat.map { (pattern) throws(FlintError) in try TimePattern(pattern) }
    timestamp = try TimePattern(options.timestampFormat ?? "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")
    writer = ValueWriter(zone)
  }

  private static func check(_ field: Field) throws(FlintError) {
    switch field.type {
    case .list(let element): try check(element)
    case .structure(let fields): for part in fields { try check(part) }
    case .map(let key, let value) where key.type == .string: try check(value)
    case .map, .interval:
      throw FlintError(
        .unsupportedType, "the column \(field.name) of type \(field.type) cannot be written as JSON",
        remedy: "make it a string first")
    default: break
    }
  }

  /// Writes the rows of a batch that count.
  public func write(_ batch: Batch) async throws {
    precondition(batch.schema == schema, "a batch of \(batch.schema) is not one of \(schema)")
    for index in 0..<batch.rowCount {
      let row = batch.selection.map { Int($0.rows[index]) } ?? index
      append(batch.columns, schema.fields, row)
      output.bytes += lineEnd
      try await output.writeIfMuch()
    }
  }

  /// Writes what is left, and returns the file's length.
  public func finish() async throws -> ByteCount { try await output.finish() }

  private func append(_ parts: [Vector], _ fields: [Field], _ row: Int) {
    output.bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for (part, field) in zip(parts, fields) where keepsNull || !part.isNull(row) {
      if !isFirst { output.bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(text: field.name.utf8)
      output.bytes.append(UInt8(ascii: ":"))
      append(part, row)
    }
    output.bytes.append(UInt8(ascii: "}"))
  }

  private func append(_ vector: Vector, _ row: Int) {
    guard !vector.isNull(row) else { return append("null") }
    if case .dictionary(_, _, let dictionary) = vector.form { return append(dictionary, Int(vector.codes[row])) }
    switch (vector.type, vector.form) {
    case (.structure(let fields), .structure(let parts)): append(parts, fields, row)
    case (.list, .list(_, _, let elements)):
      append(between: "[", "]", vector.offsets, row) { append(elements, $0) }
    case (.map, .map(_, _, let keys, let values)):
      append(between: "{", "}", vector.offsets, row) { index in
        append(text: keys.text(index))
        output.bytes.append(UInt8(ascii: ":"))
        append(values, index)
      }
    case (.string, _): append(text: vector.text(row))
    case (.binary, _):
      append("\"")
      Base64.encode(vector.text(row), to: &output.bytes)
      append("\"")
    case (.float, _): append(number: vector.pointer(to: Float.self)[row])
    case (.double, _): append(number: vector.pointer(to: Double.self)[row])
    case (.date, _):
      quoted { writer in
        let day = Int64(vector.pointer(to: Int32.self)[row])
        if let date { writer.write(date: day, date) } else { writer.write(date: day) }
      }
    case (.timestamp, _): quoted { $0.write(timestamp: vector.pointer(to: Int64.self)[row], timestamp) }
    default:
      writer.removeAll()
      writer.write(vector, row)
      output.bytes += writer.bytes
    }
  }

  private func append(
    between opening: String, _ closing: String, _ offsets: UnsafePointer<Int32>, _ row: Int, _ element: (Int) -> Void
  ) {
    append(opening)
    for index in offsets[row]..<offsets[row + 1] {
      if index > offsets[row] { append(",") }
      element(Int(index))
    }
    append(closing)
  }

  private func append(_ text: String) { output.bytes.append(contentsOf: text.utf8) }

  private func append<Value: BinaryFloatingPoint & LosslessStringConvertible>(number: Value) {
    // JSON has no other numbers.
    guard number.isFinite else { return quoted { $0.write(number) } }
    writer.removeAll()
    writer.write(number)
    output.bytes += writer.bytes
  }

  private func quoted(_ write: (inout ValueWriter) -> Void) {
    writer.removeAll()
    write(&writer)
    append(text: writer.bytes)
  }

  private func append(text: some Sequence<UInt8>) {
    output.bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.bytes.append(UInt8(ascii: "\\"))
        output.bytes.append(byte)
      case 10: append("\\n")
      case 13: append("\\r")
      case 9: append("\\t")
      case 0..<32:
        let digits = String(byte, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: output.bytes.append(byte)
      }
    }
    output.bytes.append(UInt8(ascii: "\""))
  }
}
