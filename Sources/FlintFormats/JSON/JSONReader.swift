public import FlintColumns
public import FlintCore
public import FlintFiles

/// Reads the records of a part of a JSON file, batch by batch. Fields that no column wants are passed, missing ones
/// are null.
///
/// A line belongs to the part that holds its first byte. With `multiLine` or compression a part must be a whole file.
public actor JSONReader: BatchReader {
  /// The columns of the batches.
  public nonisolated let schema: Schema
  private let source: JSONSource
  private let context: JSONContext
  private let memory: ColumnMemory
  private let batchRows: Int
  /// Columns of the fields that are wanted, each once, with their names.
  private let columns: [JSONColumn]
  private let names: [[UInt8]]
  /// For each column of a batch its number among ``columns``; nil for that of malformed records.
  private let places: [Int?]
  private var rows = 0
  /// Rows that are left out.
  private var dropped: [Int32] = []
  /// The texts of malformed records, where somebody wants them.
  private let corrupt: TextBuilder?

  private init(
    _ source: JSONSource, _ scan: JSONScan, _ plan: RecordPlan, _ context: JSONContext, _ memory: ColumnMemory
  ) throws(FlintError) {
    self.source = source
    self.context = context
    self.memory = memory
    batchRows = scan.batchRows
    schema = plan.output
    let wanted = Set(plan.numbers.compactMap { $0 }).sorted()
    columns = try wanted.map { (number) throws(FlintError) in
      try JSONColumn(plan.inRecord[number].nullable, context, capacity: min(scan.batchRows, 1024), memory)
    }
    names = columns.map { Array($0.field.name.utf8) }
    places = plan.numbers.map { number in number.flatMap { wanted.firstIndex(of: $0) } }
    corrupt = plan.numbers.contains(nil) ? try TextBuilder(.string, capacity: 1024, memory) : nil
  }

  /// Opens a part of a file.
  ///
  /// Throws the errors of files, `invalid-argument` for columns that there are not and options that cannot be, and
  /// `unsupported-type` for columns that JSON does not hold.
  public static func open(
    _ split: FileSplit, _ scan: JSONScan, _ files: any FileSystem, limits: Limits = Limits(), memory: ColumnMemory
  ) async throws -> JSONReader {
    let plan = try RecordPlan(scan.schema, scan.columns, corrupt: scan.options.columnNameOfCorruptRecord)
    let context = try JSONContext(scan.options, scan.zone, memory)
    let source = try await JSONSource(split, context, files, limits)
    return try JSONReader(source, scan, plan, context, memory)
  }

  /// The next batch, never an empty one; nil at the end. Left-out records may leave fewer rows than the batch is long.
  ///
  /// Throws `corrupt-data` with file, line and column for what the mode does not allow and for what is not UTF-8,
  /// `too-large` for a record above `limits.inputRow`.
  public func next() async throws -> Batch? {
    while true {
      switch source.step() {
      case .records(let records, let next):
        for record in records { try await add(record) }
        source.use(next)
      case .malformed(let range, let fault, let next):
        try await refuse(range, fault)
        source.use(next)
      case .more:
        try await source.fill()
        continue
      case .end:
        if let batch = try finish() { return batch }
        return nil
      }
      if rows >= batchRows, let batch = try finish() { return batch }
    }
  }

  private func add(_ record: Range<Int>) async throws {
    var scanner = JSONScanner(source.bytes, record, isLast: true, context.options)
    context.fault = nil
    do throws(JSONFault) {
      _ = try scanner.takes("{")
      try JSONColumn.appendFields(&scanner, columns, names, context)
    } catch { throw await source.error(error) }
    try await end(record, context.fault)
  }

  private func refuse(_ range: Range<Int>, _ fault: JSONFault) async throws {
    if case .encoding = fault { throw await source.error(fault) }
    if context.options.mode == .dropMalformed { return }
    do throws(JSONFault) {
      for column in columns { try column.appendNull() }
    } catch { throw await source.error(error) }
    try await end(range, fault)
  }

  /// Ends a row, in which there may be a fault.
  private func end(_ range: Range<Int>, _ fault: JSONFault?) async throws {
    rows += 1
    guard let fault else {
      try corrupt?.appendNull()
      return
    }
    switch context.options.mode {
    case .failFast: throw await source.error(fault)
    case .dropMalformed:
      dropped.append(Int32(rows - 1))
      try corrupt?.appendNull()
    case .permissive:
      try corrupt?.append(UnsafeRawBufferPointer(start: source.bytes + range.lowerBound, count: range.count))
    }
  }

  private func finish() throws -> Batch? {
    guard rows > 0 else { return nil }
    let vectors = try columns.map { try $0.builder.finish() }
    let texts = try corrupt?.finish()
    var all: [Vector] = []
    for place in places {
      guard let vector = place.map({ vectors[$0] }) ?? texts else { preconditionFailure("a column has no values") }
      all.append(vector)
    }
    let batch = Batch(schema, all, length: rows)
    let bad = Set(dropped)
    let good = dropped.isEmpty ? [] : (0..<Int32(rows)).filter { !bad.contains($0) }
    let hasDropped = !dropped.isEmpty
    rows = 0
    dropped.removeAll()
    guard hasDropped else { return batch }
    return good.isEmpty ? nil : batch.selecting(try Selection(good, memory))
  }
}
