public import FlintColumns
public import FlintCore
public import FlintFiles

/// Finds the columns of JSON files from their records.
public struct JSONSchema: Sendable {
  private let options: JSONOptions
  private let files: any FileSystem
  private let limits: Limits
  private let memory: ColumnMemory

  /// Finds columns of files that are written so.
  public init(_ options: JSONOptions, _ files: any FileSystem, limits: Limits = Limits(), memory: ColumnMemory) {
    self.options = options
    self.files = files
    self.limits = limits
    self.memory = memory
  }

  /// The columns of all of the files together, in the order in which they first come.
  ///
  /// Whole numbers are a `bigint` or a `decimal`, others a `double`; objects are structures, arrays lists; what is
  /// always null is a `string`, and so is whatever does not go together. Malformed records are an error when the mode
  /// is `failFast`, and bring the column for them when it is `permissive`.
  ///
  /// Throws `corrupt-data` when no file has a record, and for files that cannot be read.
  public func find(in inputs: [InputFile]) async throws -> Schema {
    let context = try JSONContext(options, .utc, memory)
    var (type, sampled, isMalformed) = (JSONType.none, 1 - options.samplingRatio, false)
    for input in inputs where input.size > 0 {
      let source = try await JSONSource(FileSplit(input), context, files, limits)
      loop: while true {
        switch source.step() {
        case .records(let records, let next):
          for record in records {
            sampled += options.samplingRatio
            guard sampled >= 1 else { continue }
            sampled -= 1
            var scanner = JSONScanner(source.bytes, record, isLast: true, options)
            do throws(JSONFault) { type = type.joined(try JSONType.of(&scanner, context)) } catch {
              throw await source.error(error)
            }
          }
          source.use(next)
        case .malformed(_, let fault, let next):
          if case .encoding = fault { throw await source.error(fault) }
          if options.mode == .failFast { throw await source.error(fault) }
          isMalformed = true
          source.use(next)
        case .more: try await source.fill()
        case .end: break loop
        }
      }
    }
    var fields: [Field] = []
    if case .object(let found) = type { fields = JSONType.fields(found, dropsNull: options.dropFieldIfAllNull) }
    if isMalformed, options.mode == .permissive { fields.append(Field(options.columnNameOfCorruptRecord, .string)) }
    guard !fields.isEmpty else {
      throw FlintError(
        .corruptData, "no columns are found in JSON without a field", why: "\(inputs.count) files hold none",
        remedy: "give the schema")
    }
    return Schema(fields)
  }
}
