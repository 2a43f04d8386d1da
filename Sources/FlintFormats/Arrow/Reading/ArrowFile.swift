public import FlintColumns
public import FlintCore

/// A file in one of the two forms of Arrow's IPC format, whose schema was read.
///
/// The form *file* says at its end where its record batches are; they can be read in any order, and by several readers. The
/// form *stream* is read from its beginning.
public struct ArrowFile: ColumnarFile, Sendable {
  /// Where it is.
  public let path: FilePath
  /// The columns that can be read.
  public let schema: Schema
  /// Columns whose types are not read here, with the reason. Who names one gets that as an error, and so does who wants all
  /// columns.
  public let unreadable: [(name: String, reason: String)]
  /// How many record batches there are; nil for a stream.
  public let recordBatchCount: Int?
  /// What its writer kept beside the schema, in its order.
  public let properties: [(key: String, value: String)]
  let content: ArrowSchema
  let footer: ArrowFooter?
  /// Where a stream's messages begin, behind its schema.
  let streamStart: Int64
  let messages: ArrowMessages
  let limits: Limits

  static let magic = Array("ARROW1".utf8)

  /// Opens a file in either form, and reads its schema.
  ///
  /// Throws the errors of files, `corrupt-data` for one that is neither or has a damaged schema, `unsupported-type` for numbers
  /// in the other order of bytes and for columns of unknown types, and `memory-budget-exceeded` for a schema above
  /// `limits.arrowMetadata`.
  public static func open(
    _ path: FilePath, _ files: any FileSystem, limits: Limits = Limits()
  ) async throws -> ArrowFile {
    try await open(try await files.open(path, .read), limits: limits)
  }

  /// The same for a file that is open already.
  public static func open(_ file: any OpenFile, limits: Limits = Limits()) async throws -> ArrowFile {
    do {
      let messages = ArrowMessages(
        file: file, size: try await file.size(), limit: Int(limits.arrowMetadata.bytes))
      if try await file.read(count: 6, at: 0) == magic {
        let footer = try await readFooter(messages)
        return try ArrowFile(messages, footer.schema, footer, streamStart: 0, limits)
      }
      guard let first = try await messages.message(at: 0), case .schema(let schema) = first.message else {
        throw FormatFault.damaged("it does not begin with a schema")
      }
      return try ArrowFile(messages, schema, nil, streamStart: first.next, limits)
    } catch let fault as FormatFault {
      throw fault.error(ArrowPlace(file.path))
    }
  }

  private init(
    _ messages: ArrowMessages, _ content: ArrowSchema, _ footer: ArrowFooter?, streamStart: Int64, _ limits: Limits
  ) throws(FormatFault) {
    var (fields, unreadable): ([Field], [(String, String)]) = ([], [])
    for field in content.fields {
      do throws(FormatFault) { fields.append(try field.field()) } catch {
        guard case .unsupported(let reason) = error else { throw error }
        unreadable.append((field.name, reason))
      }
    }
    path = messages.file.path
    schema = Schema(fields)
    self.unreadable = unreadable
    recordBatchCount = footer?.batches.count
    properties = content.properties
    self.content = content
    self.footer = footer
    self.streamStart = streamStart
    self.messages = messages
    self.limits = limits
  }

  private static func readFooter(_ messages: ArrowMessages) async throws -> ArrowFooter {
    let (file, size) = (messages.file, messages.size)
    let end = Int64(magic.count + 4)
    guard size >= 2 * end else { throw FormatFault.truncated("the file") }
    let tail = try await file.read(count: Int(end), at: size - end)
    guard tail.count == Int(end), tail.suffix(magic.count).elementsEqual(magic) else {
      throw FormatFault.damaged("it does not end like a file of Arrow's")
    }
    let length = tail.prefix(4).reversed().reduce(0) { $0 << 8 | Int64($1) }
    guard length <= size - 2 * end else { throw FormatFault.truncated("the file") }
    guard length <= messages.limit else {
      throw FormatFault.tooLarge("its footer has \(length) bytes, the limit is \(messages.limit)")
    }
    let footer = try await file.read(count: Int(length), at: size - end - length)
    guard footer.count == Int(length) else { throw FormatFault.truncated("the file") }
    return try footer.withUnsafeBufferPointer { (bytes) throws(FormatFault) in
      try ArrowFooter(UnsafeRawBufferPointer(bytes))
    }
  }

  /// A reader for the rows that `scan` describes.
  ///
  /// Throws `invalid-argument` for a column or a record batch that is not there, and `unsupported-type` for a column whose type
  /// is not read.
  public func reader(_ scan: ArrowScan = ArrowScan(), memory: ColumnMemory) throws(FlintError) -> ArrowReader {
    try ArrowReader(self, scan, memory)
  }
}
