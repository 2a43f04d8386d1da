public import FlintColumns
public import FlintCore
public import FlintFiles

/// Reads the rows of a part of a separated text, batch by batch. Values are read for the wanted columns only.
///
/// A record belongs to the part that holds its first byte. With `multiLine` or compression a part must be a whole file.
public actor CSVReader: BatchReader {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let source: CSVSource
  private let memory: ColumnMemory
  private let rules: CSVRules
  private let width: Int
  /// The wanted columns in their order; nil for that of malformed records.
  private let columns: [CSVColumn?]

  private init(_ source: CSVSource, _ plan: CSVPlan, _ rules: CSVRules, _ zone: ZoneRules, _ memory: ColumnMemory)
    throws
  {
    schema = plan.records.output
    width = plan.width
    self.source = source
    self.rules = rules
    self.memory = memory
    columns = try zip(plan.records.output.fields, plan.records.numbers).map { field, number in
      try number.map { number throws(FlintError) in try CSVColumn(field, number, rules, zone, memory) }
    }
  }

  /// Opens a part of a file.
  ///
  /// Throws the errors of files, `invalid-argument` for columns that there are not and options that cannot be,
  /// `unsupported-type` for columns that no text holds, and `corrupt-data` for a header that cannot be read or, where
  /// it counts, has other names.
  public static func open(
    _ split: FileSplit, _ scan: CSVScan, _ files: any FileSystem, limits: Limits = Limits(), memory: ColumnMemory
  ) async throws -> CSVReader {
    let rules = try CSVRules(scan.options)
    let plan = try CSVPlan(scan)
    let source = try await CSVSource(split, rules, most: scan.batchRows, files, limits, memory)
    if let header = source.header, !scan.options.enforceSchema { try plan.check(header, split.path, scan.model) }
    return try CSVReader(source, plan, rules, scan.zone, memory)
  }

  /// The next batch, never an empty one; nil at the end. Left-out records may leave fewer rows than the batch is long.
  ///
  /// Throws `corrupt-data` with file, line and column for what the mode does not allow and for what is not UTF-8,
  /// `too-large` for a record above `limits.inputRow`.
  public func next() async throws -> Batch? {
    while try await source.find(width: width) {
      let batch = try await read()
      source.use()
      if let batch { return batch }
    }
    return nil
  }

  private func read() async throws -> Batch? {
    let records = source.records
    let isUTF8 = source.isUTF8
    var vectors: [Vector?] = []
    for column in columns {
      guard let column else {
        vectors.append(nil)
        continue
      }
      let cells = CSVCells(
        bytes: source.bytes, ends: records.ends, rows: records.rows, count: records.rowCount, column: column.column,
        stripsReturn: rules.stripsReturn && column.column == width - 1)
      vectors.append(try column.vector(cells, isUTF8: isUTF8))
    }
    try await throwFault()
    let faulty = faultyRows()
    let corrupt = vectors.contains { $0 == nil } ? try await texts(of: faulty) : nil
    let batch = Batch(
      schema, vectors.compactMap { $0 ?? corrupt }, length: records.rowCount)
    guard !faulty.isEmpty, rules.options.mode == .dropMalformed else { return batch }
    let bad = Set(faulty)
    let good = (0..<Int32(records.rowCount)).filter { !bad.contains($0) }
    return good.isEmpty ? nil : batch.selecting(try Selection(good, memory))
  }

  /// Throws what the mode does not allow: the first of it in the file.
  private func throwFault() async throws {
    let faults = columns.compactMap { $0?.fault }.filter { fault in
      if case .encoding = fault { return true }
      return rules.options.mode == .failFast
    }
    if let first = faults.min(by: { $0.start < $1.start }) { throw await source.error(first) }
  }

  private func faultyRows() -> [Int32] {
    let all = columns.flatMap { $0?.faulty ?? [] } + source.records.ragged.map { Int32($0.row) }
    return all.isEmpty ? [] : Set(all).sorted()
  }

  /// The texts of malformed records, and null for the others.
  private func texts(of faulty: [Int32]) async throws -> Vector {
    let builder = try TextBuilder(.string, capacity: source.records.rowCount, memory)
    let ragged = Dictionary(source.records.ragged.map { ($0.row, $0) }) { first, _ in first }
    var next = faulty[...]
    for row in 0..<source.records.rowCount {
      guard next.first == Int32(row) else {
        try builder.appendNull()
        continue
      }
      next = next.dropFirst()
      let record = source.record(row, ragged[row], width: width)
      if let start = record.baseAddress, !UTF8Check.passes(start, record.count) {
        throw await source.error(.encoding(start - source.bytes))
      }
      try builder.append(UnsafeRawBufferPointer(record))
    }
    return try builder.finish()
  }
}
