public import FlintColumns
public import FlintCore

/// Writes a Parquet file, row group by row group. It is whole once ``finish()`` has returned; before, no reader takes it for
/// a Parquet file. One user at a time, who waits for each call.
public actor ParquetWriter {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let file: any OpenFile
  private let options: ParquetWriteOptions
  private let memory: ColumnMemory
  private let columns: [WrittenColumn]
  private let leaves: [LeafWriter]
  private var metadata = FileMetadata()
  private var position: Int64 = 0
  private var groupRows = 0
  private var notes: [[ChunkNotes]] = []
  private var isFinished = false
  /// The dictionary of a chunk that is finished.
  private var dictionary: ByteSink

  private static let magic = Array("PAR1".utf8)
  /// Who writes these files.
  private static let name = "flint"

  /// A writer into an empty file, which it does not close. Throws `invalid-argument` for an encoding that does not fit its
  /// column, a bloom filter for a column that is not there, and a structure without fields.
  public init(
    _ file: any OpenFile, _ schema: Schema, _ options: ParquetWriteOptions = ParquetWriteOptions(),
    memory: ColumnMemory
  ) throws {
    precondition(options.rowGroupRows > 0 && options.pageRows > 0 && options.pageSize > 0, "empty pages")
    self.file = file
    self.schema = schema
    self.options = options
    self.memory = memory
    for field in schema.fields { try Self.check(field) }
    let writer = SchemaWriter(schema)
    columns = writer.columns
    let leaves = writer.columns.flatMap(\.leaves)
    let names = Set(leaves.map(\.name))
    for name in options.bloomFilters.union(options.encodings.keys).subtracting(names).sorted() {
      throw FlintError(
        .invalidArgument, "there is no column \(name) to be written",
        why: "its columns are \(leaves.map(\.name).joined(separator: ", "))")
    }
    do {
      self.leaves = try leaves.map { try LeafWriter($0, options, memory) }
      dictionary = try ByteSink(memory)
    } catch let fault as FormatFault { throw fault.writingError(ParquetPlace(file.path)) }
    metadata.schema = writer.elements
    metadata.createdBy = Self.name
    metadata.properties = options.properties
  }

  private static func check(_ field: Field) throws(FlintError) {
    switch field.type {
    case .structure(let fields):
      guard !fields.isEmpty else {
        throw FlintError(.invalidArgument, "\(field.name) has no fields, and Parquet has no such structures")
      }
      for part in fields { try check(part) }
    case .list(let element): try check(element)
    case .map(let key, let value):
      try check(key)
      try check(value)
    default: break
    }
  }

  /// Writes the rows of a batch that count.
  public func write(_ batch: Batch) async throws {
    precondition(!isFinished, "the file is finished")
    precondition(batch.schema == schema, "a batch of \(batch.schema) is not one of \(schema)")
    if position == 0 { try await append(Self.magic) }
    var start = 0
    while start < batch.rowCount {
      let count = min(batch.rowCount - start, options.rowGroupRows - groupRows)
      do { try add(batch, start, count) } catch let fault as FormatFault {
        throw fault.writingError(ParquetPlace(file.path))
      }
      groupRows += count
      start += count
      if groupRows == options.rowGroupRows { try await finishGroup() }
    }
  }

  /// Writes what is left, and the footer. Returns the length of the file.
  public func finish() async throws -> ByteCount {
    precondition(!isFinished, "the file is finished")
    isFinished = true
    if position == 0 { try await append(Self.magic) }
    try await finishGroup()
    try await writeFilters()
    if options.hasPageIndex { try await writeIndexes() }
    let footer = metadata.bytes
    guard let length = UInt32(exactly: footer.count) else {
      throw FlintError(.resourceExhausted, "the footer of \(file.path) has more than 4 GiB")
    }
    try await append(footer + withUnsafeBytes(of: length.littleEndian) { Array($0) } + Self.magic)
    return ByteCount(position)
  }

  private func add(_ batch: Batch, _ start: Int, _ count: Int) throws {
    for (column, vector) in zip(columns, batch.columns) {
      let shredding: Shredding
      if let selection = batch.selection {
        shredding = Shredding(column, vector, UnsafeBufferPointer(start: selection.rows + start, count: count))
      } else {
        shredding = Shredding(column, vector.slice(start..<start + count), nil)
      }
      for leaf in column.leaves {
        guard let input = shredding.inputs[leaf.index] else { preconditionFailure("leaf \(leaf.name) has no values") }
        try leaves[leaf.index].add(input)
      }
    }
  }

  private func finishGroup() async throws {
    guard groupRows > 0 else { return }
    var group = RowGroup()
    group.rowCount = Int64(groupRows)
    var groupNotes: [ChunkNotes] = []
    for writer in leaves {
      let chunkNotes: ChunkNotes
      do { chunkNotes = try writer.finishChunk(dictionary: &dictionary) } catch let fault as FormatFault {
        throw fault.writingError(ParquetPlace(file.path, column: writer.leaf.name))
      }
      let start = position
      try await append(dictionary)
      let data = position
      try await append(writer.pages)
      writer.beginChunk()
      group.columns.append(chunk(writer.leaf, chunkNotes, start: start, data: data))
      group.uncompressedSize += Int64(chunkNotes.uncompressedSize)
      group.compressedSize += position - start
      groupNotes.append(chunkNotes)
    }
    metadata.rowGroups.append(group)
    metadata.rowCount += group.rowCount
    notes.append(groupNotes)
    groupRows = 0
  }

  private func chunk(_ leaf: WrittenLeaf, _ notes: ChunkNotes, start: Int64, data: Int64) -> ColumnChunk {
    var chunk = ColumnChunk()
    chunk.type = leaf.physical
    var encodings = notes.encodings.map(\.rawValue)
    // Levels are written in runs, and dictionaries in plain encoding.
    for encoding in [ParquetEncoding.rle] + (data > start ? [.plain] : []) where !encodings.contains(encoding.rawValue)
    {
      encodings.append(encoding.rawValue)
    }
    chunk.encodings = encodings
    chunk.path = leaf.path
    chunk.codec = options.codec
    chunk.valueCount = Int64(notes.valueCount)
    chunk.uncompressedSize = Int64(notes.uncompressedSize)
    chunk.compressedSize = position - start
    chunk.dataPageOffset = data
    chunk.dictionaryPageOffset = data > start ? start : nil
    chunk.statistics = options.hasStatistics ? notes.statistics : nil
    return chunk
  }

  private func writeFilters() async throws {
    for (group, groupNotes) in notes.enumerated() {
      for (column, chunkNotes) in groupNotes.enumerated() where !chunkNotes.hashes.isEmpty {
        let bytes = chunkNotes.bloomFilter.bytes
        metadata.rowGroups[group].columns[column].bloomFilterOffset = position
        metadata.rowGroups[group].columns[column].bloomFilterLength = Int32(bytes.count)
        try await append(bytes)
      }
    }
  }

  private func writeIndexes() async throws {
    for (group, groupNotes) in notes.enumerated() where options.hasStatistics {
      for (column, chunkNotes) in groupNotes.enumerated() {
        guard let bytes = chunkNotes.columnIndex?.bytes else { continue }
        metadata.rowGroups[group].columns[column].columnIndexOffset = position
        metadata.rowGroups[group].columns[column].columnIndexLength = Int32(bytes.count)
        try await append(bytes)
      }
    }
    for (group, groupNotes) in notes.enumerated() {
      for (column, chunkNotes) in groupNotes.enumerated() {
        var index = chunkNotes.offsets
        let data = metadata.rowGroups[group].columns[column].dataPageOffset
        for page in index.pages.indices { index.pages[page].offset += data }
        let bytes = index.bytes
        metadata.rowGroups[group].columns[column].offsetIndexOffset = position
        metadata.rowGroups[group].columns[column].offsetIndexLength = Int32(bytes.count)
        try await append(bytes)
      }
    }
  }

  private func append(_ bytes: ByteSink) async throws {
    guard bytes.count > 0 else { return }
    try await bytes.write(to: file, at: position)
    position += Int64(bytes.count)
  }

  private func append(_ bytes: [UInt8]) async throws {
    guard !bytes.isEmpty else { return }
    try await file.write(bytes, at: position)
    position += Int64(bytes.count)
  }
}
