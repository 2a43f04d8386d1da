public import FlintColumns
public import FlintCore
public import FlintFiles

/// Finds the columns of separated texts: their names in headers, their types, where options want that, in the values.
public struct CSVSchema: Sendable {
  private let options: CSVOptions
  private let rules: CSVRules
  private let files: any FileSystem
  private let limits: Limits
  private let memory: ColumnMemory

  /// Finds columns of files that are written so. Throws `invalid-argument` for options that cannot be.
  public init(
    _ options: CSVOptions, _ files: any FileSystem, limits: Limits = Limits(), memory: ColumnMemory
  ) throws(FlintError) {
    self.options = options
    rules = try CSVRules(options)
    self.files = files
    self.limits = limits
    self.memory = memory
  }

  /// The columns of all of the files together. They are those of the first one, by its header, or `_c0`, `_c1` and so
  /// on; without `inferSchema` each is a string, and nothing else is read.
  ///
  /// A column of whole numbers is an `int`, a `bigint` or a `decimal`; other numbers make it a `double`, days a
  /// `date`, times a `timestamp`, `true` and `false` a `boolean`, and whatever does not go together a `string`, as
  /// does nothing but null.
  ///
  /// Throws `corrupt-data` when no file has a record, and for files that cannot be read.
  public func find(in inputs: [InputFile]) async throws -> Schema {
    var names: [String]?
    var types: [DataType?] = []
    for input in inputs where input.size > 0 {
      let source = try await CSVSource(FileSplit(input), rules, most: 4096, files, limits, memory)
      if names == nil {
        names = try await self.names(source)
        types = names.map { Array(repeating: nil, count: $0.count) } ?? []
      }
      guard options.inferSchema else {
        if names != nil { break }
        continue
      }
      try await widen(&types, source)
    }
    guard let names else {
      throw FlintError(
        .corruptData, "no columns are found in CSV without a record", why: "\(inputs.count) files are empty",
        remedy: "give the schema")
    }
    return Schema(zip(names, types).map { Field($0, $1 ?? .string) })
  }

  private func names(_ source: CSVSource) async throws -> [String]? {
    if let header = source.header { return ColumnNames.unique(header) }
    guard try await source.find(width: nil) else { return nil }
    return (0..<source.records.fieldCount(ofRow: 0)).map { "_c\($0)" }
  }

  /// Widens the types so that they hold the values of one more file.
  private func widen(_ types: inout [DataType?], _ source: CSVSource) async throws {
    let content = try CSVContent(rules, memory)
    // A record counts when the ratio times the number of records so far has passed a whole number, beginning with the
    // first.
    var sampled = 1 - options.samplingRatio
    while try await source.find(width: nil) {
      let records = source.records
      for row in 0..<records.rowCount {
        sampled += options.samplingRatio
        guard sampled >= 1 else { continue }
        sampled -= 1
        for column in 0..<min(types.count, records.fieldCount(ofRow: row)) where types[column] != .string {
          let cells = CSVCells(
            bytes: source.bytes, ends: records.ends, rows: records.rows, count: records.rowCount, column: column,
            stripsReturn: rules.stripsReturn)
          let (start, count) = cells.place(row)
          guard case .text(let text, let length) = try content.value(source.bytes + start, count, isText: false) else {
            continue
          }
          types[column] = widened(types[column], text, length)
        }
      }
      source.use()
    }
  }

  private func widened(_ type: DataType?, _ text: UnsafePointer<UInt8>, _ count: Int) -> DataType? {
    // Most values are of the type that is known already.
    switch type {
    case .int32: if let value = FastText.whole(text, count), Int32(exactly: value) != nil { return type }
    case .int64: if FastText.whole(text, count) != nil { return type }
    case .double: if FastText.digits(text, count) != nil { return type }
    case .date: if rules.date == nil, FastText.date(text, count) != nil { return type }
    case .timestamp: if rules.timestamp == nil, FastText.timestamp(text, count) != nil { return type }
    default: break
    }
    return InferredType.joined(
      type,
      InferredType.type(
        of: UnsafeBufferPointer(start: text, count: count), date: rules.date, timestamp: rules.timestamp))
  }
}
