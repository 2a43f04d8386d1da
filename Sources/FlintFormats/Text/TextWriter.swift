public import FlintColumns
public import FlintCompression
public import FlintCore

/// Writes the texts of one column as lines. One user at a time, who waits for each call.
public actor TextWriter {
  /// The column of the batches.
  public nonisolated let schema: Schema
  private let output: LineOutput
  private let lineEnd: [UInt8]

  /// A writer into an empty file, which it does not close. Throws `invalid-argument` when there is not one column of
  /// strings.
  public init(
    _ file: any OpenFile, _ schema: Schema, _ options: TextOptions = TextOptions(), codec: CompressionCodec? = nil
  ) throws(FlintError) {
    guard schema.fields.map(\.type) == [.string] else {
      throw FlintError(
        .invalidArgument, "rows of \(schema) cannot be written as text", why: "a line is the one string of a row",
        remedy: "make one string of the columns first")
    }
    self.schema = schema
    output = try LineOutput(file, codec)
    lineEnd = Array((options.lineSep ?? "\n").utf8)
  }

  /// Writes the rows of a batch that count; null is an empty line.
  public func write(_ batch: Batch) async throws {
    precondition(batch.schema == schema, "a batch of \(batch.schema) is not one of \(schema)")
    for index in 0..<batch.rowCount {
      let row = batch.selection.map { Int($0.rows[index]) } ?? index
      if !batch.columns[0].isNull(row) { output.bytes.append(contentsOf: batch.columns[0].text(row)) }
      output.bytes += lineEnd
      try await output.writeIfMuch()
    }
  }

  /// Writes what is left, and returns the file's length.
  public func finish() async throws -> ByteCount { try await output.finish() }
}
