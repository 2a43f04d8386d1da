public import FlintColumns
internal import FlintCompression
public import FlintCore

/// Writes a file in one of the two forms of Arrow's IPC format, a record batch for each batch. It is whole once ``finish()`` has
/// returned. One user at a time, who waits for each call.
///
/// Decimals get 128 bits, timestamps are of UTC in microseconds, intervals have nanoseconds.
public actor ArrowWriter {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let file: any OpenFile
  private let options: ArrowWriteOptions
  private let memory: ColumnMemory
  private var encoder: ArrowEncoder
  /// Another one, for texts that come before a batch that is made already.
  private var textEncoder: ArrowEncoder
  /// Known with the first batch, which shows what has a dictionary.
  private var columns: [ArrowColumn]?
  private var position: Int64 = 0
  /// Of each message: where it begins, the length of its metadata, and of what follows.
  private var dictionaryPlaces: [Int64] = []
  private var batchPlaces: [Int64] = []
  private var isFinished = false

  /// A writer into an empty file, which it does not close.
  public init(
    _ file: any OpenFile, _ schema: Schema, _ options: ArrowWriteOptions = ArrowWriteOptions(), memory: ColumnMemory
  ) throws {
    self.file = file
    self.schema = schema
    self.options = options
    self.memory = memory
    let compressor = try options.compression.codec.map { (codec) throws(FlintError) in try BlockCompressor(codec) }
    do {
      encoder = try ArrowEncoder(compressor, memory)
      textEncoder = try ArrowEncoder(compressor, memory)
    } catch { throw error.writingError(ArrowPlace(file.path)) }
  }

  /// Writes the rows of a batch that count.
  ///
  /// Throws the errors of files, `invalid-argument` for intervals that are too long for nanoseconds, and
  /// `memory-budget-exceeded`.
  public func write(_ batch: Batch) async throws {
    precondition(!isFinished, "the file is finished")
    precondition(batch.schema == schema, "a batch of \(batch.schema) is not one of \(schema)")
    guard batch.rowCount > 0 else { return }
    let batch = try Kernels(memory).compact(batch)
    let columns = try await start(batch)
    encoder.removeAll()
    for (vector, column) in zip(batch.columns, columns) {
      do throws(FormatFault) { try encoder.add(vector, column) } catch {
        throw error.writingError(ArrowPlace(file.path, column: column.field.name))
      }
    }
    // New texts come before the batch that uses them.
    for column in columns { try await writeDictionaries(column) }
    batchPlaces += try await append(
      .batch, ArrowMetadata.batch(encoder, length: batch.length, options.compression), encoder.body)
  }

  /// Writes what is left. Returns the length of the file.
  public func finish() async throws -> ByteCount {
    precondition(!isFinished, "the file is finished")
    isFinished = true
    let columns = try await start(nil)
    try await append([255, 255, 255, 255, 0, 0, 0, 0])
    if options.form == .file {
      let footer = ArrowMetadata.footer(
        ArrowMetadata.schema(columns, options.properties), dictionaries: dictionaryPlaces, batches: batchPlaces)
      guard let length = Int32(exactly: footer.count) else {
        throw FlintError(.resourceExhausted, "the footer of \(file.path) has more than 2 GiB")
      }
      try await append(footer + Self.bytes(length) + ArrowFile.magic)
    }
    return ByteCount(position)
  }

  /// The columns; the first time, the schema is written too.
  private func start(_ batch: Batch?) async throws -> [ArrowColumn] {
    if let columns { return columns }
    var count: Int64 = 0
    var columns: [ArrowColumn] = []
    for (number, field) in schema.fields.enumerated() {
      let vector = options.keepsDictionaries ? batch?.columns[number] : nil
      do throws(FormatFault) {
        columns.append(try ArrowColumn(field, vector, dictionaries: &count, memory))
      } catch { throw error.writingError(ArrowPlace(file.path)) }
    }
    self.columns = columns
    if options.form == .file { try await append(ArrowFile.magic + [0, 0]) }
    _ = try await append(.schema, ArrowMetadata.schema(columns, options.properties), nil)
    return columns
  }

  private func writeDictionaries(_ column: ArrowColumn) async throws {
    for part in column.parts { try await writeDictionaries(part) }
    guard let dictionary = column.dictionary else { return }
    let header: FlatValue
    do throws(FormatFault) {
      guard let (values, isMore) = try dictionary.takeNew(column.field.type, memory) else { return }
      textEncoder.removeAll()
      try textEncoder.add(values, column, isDictionary: true)
      header = ArrowMetadata.dictionary(
        dictionary.id, isMore: isMore, ArrowMetadata.batch(textEncoder, length: values.count, options.compression))
    } catch { throw error.writingError(ArrowPlace(file.path, column: column.field.name)) }
    dictionaryPlaces += try await append(.dictionary, header, textEncoder.body)
  }

  /// Writes a message, with what follows it from a multiple of 64 bytes on. Returns its place.
  private func append(_ kind: ArrowMetadata.Kind, _ header: FlatValue, _ body: ByteSink?) async throws -> [Int64] {
    var metadata = ArrowMetadata.message(kind, header, bodyLength: body?.count ?? 0)
    let start = position
    let surplus = (Int(start) + 8 + metadata.count) % ArrowEncoder.alignment
    if surplus > 0 { metadata += [UInt8](repeating: 0, count: ArrowEncoder.alignment - surplus) }
    guard let length = Int32(exactly: metadata.count) else {
      throw FlintError(.resourceExhausted, "the metadata of a message of \(file.path) has more than 2 GiB")
    }
    try await append([255, 255, 255, 255] + Self.bytes(length) + metadata)
    let place = [start, position - start, Int64(body?.count ?? 0)]
    if let body {
      try await body.write(to: file, at: position)
      position += Int64(body.count)
    }
    return place
  }

  private static func bytes(_ number: Int32) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }

  private func append(_ bytes: [UInt8]) async throws {
    try await file.write(bytes, at: position)
    position += Int64(bytes.count)
  }
}
