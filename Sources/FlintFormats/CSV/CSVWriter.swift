internal import CFlint
public import FlintColumns
public import FlintCompression
public import FlintCore

/// Writes separated texts, so that they are read again as what they were: values are quoted when they hold a
/// separator, a quote or a line end, begin or end with a blank, are empty, or look like null. One user at a time, who
/// waits for each call.
public actor CSVWriter {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let rules: CSVRules
  private let output: LineOutput
  private var writer: ValueWriter
  private let lineEnd: [UInt8]
  private let empty: [UInt8]
  private let separator: UInt8

  /// A writer into an empty file, which it does not close. Throws `invalid-argument` for options that cannot be, and
  /// `unsupported-type` for columns that no text holds.
  public init(
    _ file: any OpenFile, _ schema: Schema, _ options: CSVOptions = CSVOptions(), codec: CompressionCodec? = nil,
    zone: ZoneRules = .utc
  ) throws(FlintError) {
    for field in schema.fields where field.type.isNested || field.type == .interval {
      throw FlintError(
        .unsupportedType, "the column \(field.name) of type \(field.type) cannot be written as CSV",
        remedy: "make it a string first")
    }
    self.schema = schema
    rules = try CSVRules(options)
    output = try LineOutput(file, codec)
    writer = ValueWriter(zone)
    lineEnd = Array((options.lineSep ?? "\n").utf8)
    separator = UInt8(ascii: options.sep)
    let quotes = rules.quote.map { [$0, $0] } ?? []
    empty = options.emptyValue.map { Array($0.utf8) } ?? quotes
    if options.header {
      for (index, field) in schema.fields.enumerated() {
        if index > 0 { output.bytes.append(separator) }
        try Self.append(Array(field.name.utf8), rules, &output.bytes)
      }
      output.bytes += lineEnd
    }
  }

  /// Writes the rows of a batch that count.
  public func write(_ batch: Batch) async throws {
    precondition(batch.schema == schema, "a batch of \(batch.schema) is not one of \(schema)")
    for index in 0..<batch.rowCount {
      let row = batch.selection.map { Int($0.rows[index]) } ?? index
      for (number, column) in batch.columns.enumerated() {
        if number > 0 { output.bytes.append(separator) }
        try append(column, row)
      }
      output.bytes += lineEnd
      try await output.writeIfMuch()
    }
  }

  /// Writes what is left, and returns the file's length.
  public func finish() async throws -> ByteCount { try await output.finish() }

  private func append(_ column: Vector, _ row: Int) throws(FlintError) {
    guard !column.isNull(row) else {
      output.bytes += rules.null
      return
    }
    if case .dictionary(_, _, let dictionary) = column.form { return try append(dictionary, Int(column.codes[row])) }
    writer.removeAll()
    switch (column.type, rules.date, rules.timestamp) {
    case (.date, let pattern?, _): writer.write(date: Int64(column.pointer(to: Int32.self)[row]), pattern)
    case (.timestamp, _, let pattern?): writer.write(timestamp: column.pointer(to: Int64.self)[row], pattern)
    default: writer.write(column, row)
    }
    if writer.bytes.isEmpty {
      output.bytes += empty
      return
    }
    try Self.append(writer.bytes, rules, &output.bytes)
  }

  private static func append(_ text: [UInt8], _ rules: CSVRules, _ bytes: inout [UInt8]) throws(FlintError) {
    guard let quote = rules.quote else {
      let separator = UInt8(ascii: rules.options.sep)
      guard !text.contains(where: { $0 == separator || $0 == 10 || $0 == 13 }) else {
        throw FlintError(
          .invalidArgument,
          "'\(String(decoding: text.prefix(100), as: UTF8.self))' cannot be written as CSV without quotes",
          why: "it holds a separator or a line end", remedy: "give the option quote")
      }
      bytes += text
      return
    }
    guard needsQuotes(text, quote, rules) else {
      bytes += text
      return
    }
    bytes.append(quote)
    for byte in text {
      if byte == quote || byte == rules.escape { bytes.append(rules.escape ?? quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  private static func needsQuotes(_ text: [UInt8], _ quote: UInt8, _ rules: CSVRules) -> Bool {
    guard !rules.options.quoteAll, let first = text.first, let last = text.last else { return true }
    let separator = UInt8(ascii: rules.options.sep)
    return text.contains { $0 == separator || $0 == quote || $0 == 10 || $0 == 13 } || first <= 32 || last <= 32
      || rules.form.comment == Int32(first) || text == rules.null
  }
}
