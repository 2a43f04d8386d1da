public import FlintColumns
internal import FlintCompression
internal import FlintCore

/// Reads the rows of a file of Arrow's, batch by batch. Values stay where they were read wherever they lie there as in a vector.
///
/// Texts that the file has as numbers of a dictionary come as vectors of the form `dictionary`.
public actor ArrowReader: BatchReader {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let file: ArrowFile
  private let memory: ColumnMemory
  private let batchRows: Int
  /// The record batches that are wanted of a file; nil for a stream.
  private let wanted: [Int]?
  /// The columns of the batches by their numbers in the file.
  private let columns: [Int]
  /// The values of each dictionary, and those that the columns use.
  private let known: [Int64: ArrowField]
  private let needed: Set<Int64>
  private var dictionaries = ArrowDictionaries()
  private var decompressors: [ArrowCompression: BlockDecompressor] = [:]
  private var hasDictionaries = false
  /// Record batches that are read, and where the next message of a stream begins.
  private var count = 0
  private var position: Int64
  private var batch: Batch?
  private var row = 0

  init(_ file: ArrowFile, _ scan: ArrowScan, _ memory: ColumnMemory) throws(FlintError) {
    self.file = file
    self.memory = memory
    batchRows = scan.batchRows
    let numbers = try file.columns(scan.columns)
    schema = file.schema.selecting(numbers)
    let all = file.content.fields.indices.filter { (try? file.content.fields[$0].field()) != nil }
    columns = numbers.map { all[$0] }
    let batches = file.recordBatchCount
    for number in scan.recordBatches ?? [] where !(0..<(batches ?? 0)).contains(number) {
      throw FlintError(
        .invalidArgument, "\(file.path) has no record batch \(number)",
        why: batches.map { "it has \($0) of them" } ?? "it is a stream, whose batches have no numbers")
    }
    wanted = batches.map { scan.recordBatches ?? Array(0..<$0) }
    position = file.streamStart
    do throws(FormatFault) {
      known = try file.content.dictionaries()
      needed = Self.dictionaries(columns.map { file.content.fields[$0] })
    } catch { throw error.error(ArrowPlace(file.path)) }
  }

  private static func dictionaries(_ fields: [ArrowField]) -> Set<Int64> {
    fields.reduce(into: []) { ids, field in
      if let coding = field.coding { ids.insert(coding.dictionary) }
      ids.formUnion(dictionaries(field.parts))
    }
  }

  /// The next batch, never an empty one; nil at the end.
  ///
  /// Throws `corrupt-data` for a damaged file, `unsupported-type` for what is not read, and `memory-budget-exceeded`; each
  /// names the file, the record batch and the column.
  public func next() async throws -> Batch? {
    while true {
      if let batch, row < batch.length {
        let end = min(batch.length, row + batchRows)
        defer { row = end }
        return batch.slice(row..<end)
      }
      (batch, row) = (nil, 0)
      do {
        guard let (header, body) = try await nextHeader() else { return nil }
        let place = ArrowPlace(file.path, message: "record batch \(wanted.map { $0[count - 1] } ?? count - 1)")
        batch = try await read(header, body, place)
      } catch let fault as FormatFault { throw fault.error(ArrowPlace(file.path)) }
    }
  }

  /// Where the next record batch lies, once the dictionaries before it are read.
  private func nextHeader() async throws -> (ArrowBatchHeader, body: Int64)? {
    guard let wanted, let footer = file.footer else { return try await nextOfStream() }
    if !hasDictionaries {
      for start in footer.dictionaries { try await readDictionary(at: start) }
      hasDictionaries = true
    }
    guard count < wanted.count else { return nil }
    let found = try await file.messages.message(at: footer.batches[wanted[count]])
    guard let found, case .batch(let header) = found.message else {
      throw FormatFault.damaged("its footer says that a record batch is where there is none")
    }
    count += 1
    return (header, found.body)
  }

  private func nextOfStream() async throws -> (ArrowBatchHeader, body: Int64)? {
    while let found = try await file.messages.message(at: position) {
      position = found.next
      switch found.message {
      case .schema: throw FormatFault.damaged("a second schema follows its first")
      case .dictionary(let id, let isMore, let header):
        try await add(id, isMore: isMore, header, found.body)
      case .batch(let header):
        count += 1
        return (header, found.body)
      }
    }
    return nil
  }

  private func readDictionary(at start: Int64) async throws {
    let found = try await file.messages.message(at: start)
    guard let found, case .dictionary(let id, let isMore, let header) = found.message else {
      throw FormatFault.damaged("its footer says that a dictionary is where there is none")
    }
    try await add(id, isMore: isMore, header, found.body)
  }

  private func add(_ id: Int64, isMore: Bool, _ header: ArrowBatchHeader, _ body: Int64) async throws {
    guard needed.contains(id), let field = known[id] else { return }
    let place = ArrowPlace(file.path, message: "dictionary \(id)")
    let values = try await column(field, header, body, ArrowCursor(), place)
    dictionaries.add(values, to: id, isMore: isMore)
  }

  private func read(_ header: ArrowBatchHeader, _ body: Int64, _ place: ArrowPlace) async throws -> Batch {
    var cursors: [ArrowCursor] = []
    var cursor = ArrowCursor()
    do throws(FormatFault) {
      for field in file.content.fields {
        cursors.append(cursor)
        try cursor.skip(field, header)
      }
    } catch { throw error.error(place) }
    var vectors: [Vector] = []
    for (number, field) in zip(columns, schema.fields) {
      let vector = try await column(file.content.fields[number], header, body, cursors[number], place)
      guard field.isNullable || vector.nullCount == 0 else {
        throw FormatFault.damaged("null stands where its schema says that none does").error(named(place, field.name))
      }
      vectors.append(vector)
    }
    return Batch(schema, vectors, length: header.length)
  }

  /// Reads the part of a message's bytes in which a column lies, and makes a vector of it.
  private func column(
    _ field: ArrowField, _ header: ArrowBatchHeader, _ body: Int64, _ cursor: ArrowCursor, _ place: ArrowPlace
  ) async throws -> Vector {
    let place = named(place, field.name)
    do {
      let type = try field.field().type
      var end = cursor
      try end.skip(field, header)
      let ranges = header.buffers[cursor.buffer..<end.buffer].filter { !$0.isEmpty }
      // From a multiple on, so that values lie in memory as they lie in the file.
      let first = (ranges.map(\.lowerBound).min() ?? 0) / 64 * 64
      let last = ranges.map(\.upperBound).max() ?? first
      guard let bytes = try await memory.buffer(last - first, of: file.messages.file, at: body + Int64(first)) else {
        throw FormatFault.truncated("the file")
      }
      var decoder = ArrowDecoder(
        header: header, bytes: bytes, base: first, cursor: cursor, dictionaries: dictionaries,
        decompressor: try decompressor(header.compression), limit: Int(file.limits.arrowBuffer.bytes), memory: memory)
      let vector = try decoder.vector(field, type, count: header.length)
      dictionaries = decoder.dictionaries
      return vector
    } catch let fault as FormatFault {
      throw fault.error(place)
    } catch let error as FlintError {
      throw FormatFault.other(error).error(place)
    }
  }

  private func decompressor(_ compression: ArrowCompression) throws -> BlockDecompressor? {
    guard let codec = compression.codec else { return nil }
    if let decompressor = decompressors[compression] { return decompressor }
    let decompressor = try BlockDecompressor(codec)
    decompressors[compression] = decompressor
    return decompressor
  }

  private func named(_ place: ArrowPlace, _ column: String) -> ArrowPlace {
    ArrowPlace(place.file, message: place.message, column: column)
  }
}
