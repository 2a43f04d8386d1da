public import FlintColumns
public import FlintCore

/// A Parquet file whose footer was read: what is in it, and readers for its rows.
public struct ParquetFile: ColumnarFile, Sendable {
  /// Where it is.
  public let path: FilePath
  /// The columns that can be read.
  public let schema: Schema
  /// Columns whose types are not read here, with the reason. Who names one gets that as an error, and so does who wants all
  /// columns.
  public let unreadable: [(name: String, reason: String)]
  /// Rows of all row groups.
  public let rowCount: Int
  /// The program that wrote it, where it says so.
  public let createdBy: String?
  /// What its writer kept beside the schema, in its order.
  public let properties: [(key: String, value: String)]
  let metadata: FileMetadata
  let tree: SchemaTree
  let file: any OpenFile
  let size: Int64
  let limits: Limits

  /// Bytes at the end of a file that are read at once, in the hope that the footer is among them.
  private static let tail: Int64 = 64 << 10
  private static let magic: [UInt8] = Array("PAR1".utf8)

  /// Opens a file and reads its footer.
  ///
  /// Throws the errors of files, `corrupt-data` for one that is no Parquet file or has a damaged footer, and
  /// `memory-budget-exceeded` for a footer above `limits.parquetFooter`. What a footer takes in memory is at most forty times
  /// its length.
  public static func open(
    _ path: FilePath, _ files: any FileSystem, limits: Limits = Limits()
  ) async throws -> ParquetFile {
    try await open(try await files.open(path, .read), limits: limits)
  }

  /// The same for a file that is open already.
  public static func open(_ file: any OpenFile, limits: Limits = Limits()) async throws -> ParquetFile {
    do {
      let size = try await file.size()
      let footer = try await readFooter(file, size, limits)
      let metadata = try footer.withUnsafeBufferPointer { (bytes) throws(FormatFault) in
        try FileMetadata(UnsafeRawBufferPointer(bytes))
      }
      return try ParquetFile(file, size, metadata, limits)
    } catch let fault as FormatFault {
      throw fault.error(ParquetPlace(file.path))
    }
  }

  private init(_ file: any OpenFile, _ size: Int64, _ metadata: FileMetadata, _ limits: Limits) throws(FormatFault) {
    tree = try SchemaTree(metadata.schema)
    var rows: Int64 = 0
    for group in metadata.rowGroups {
      guard group.columns.count == tree.leafCount else { throw .damaged("a row group lacks columns of the schema") }
      guard group.rowCount >= 0, group.rowCount <= Int64.max / 2 - rows else {
        throw .damaged("a row group has an impossible number of rows")
      }
      rows += group.rowCount
    }
    guard rows == metadata.rowCount else {
      throw .damaged("its row groups have \(rows) rows, but the footer says \(metadata.rowCount)")
    }
    path = file.path
    schema = Schema(tree.columns.map(\.field))
    unreadable = tree.unreadable.map { ($0.name, Self.reason($0.fault)) }
    rowCount = Int(rows)
    createdBy = metadata.createdBy
    properties = metadata.properties
    self.metadata = metadata
    self.file = file
    self.size = size
    self.limits = limits
  }

  private static func reason(_ fault: FormatFault) -> String {
    if case .unsupported(let reason) = fault { reason } else { "\(fault)" }
  }

  private static func readFooter(_ file: any OpenFile, _ size: Int64, _ limits: Limits) async throws -> [UInt8] {
    guard size >= 12 else { throw FormatFault.damaged("it has \(size) bytes, too few for a Parquet file") }
    let tailStart = max(0, size - tail)
    let tail = try await file.read(count: Int(size - tailStart), at: tailStart)
    guard tail.count == Int(size - tailStart) else { throw FormatFault.truncated("the file") }
    guard tail.suffix(4).elementsEqual(magic) else {
      let isEncrypted = tail.suffix(4).elementsEqual("PARE".utf8)
      throw isEncrypted
        ? FormatFault.unsupported("it is encrypted") : FormatFault.damaged("it does not end like a Parquet file")
    }
    let length = tail.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int64($1) }
    guard length <= size - 12 else { throw FormatFault.truncated("the file") }
    guard length <= limits.parquetFooter.bytes else {
      throw FormatFault.tooLarge("its footer has \(length) bytes, the limit is \(limits.parquetFooter)")
    }
    if length <= Int64(tail.count) - 8 { return Array(tail.suffix(Int(length) + 8).dropLast(8)) }
    let footer = try await file.read(count: Int(length), at: size - 8 - length)
    guard footer.count == Int(length) else { throw FormatFault.truncated("the file") }
    return footer
  }
}

extension ParquetFile {
  /// How many row groups there are: the file can be read in as many parts.
  public var rowGroupCount: Int { metadata.rowGroups.count }

  /// Rows of a row group.
  public func rowCount(ofGroup group: Int) -> Int { Int(metadata.rowGroups[group].rowCount) }

  /// Bytes that a row group takes in the file.
  public func byteCount(ofGroup group: Int) -> Int {
    metadata.rowGroups[group].columns.reduce(0) { $0 + Int(max(0, min($1.compressedSize, size))) }
  }

  /// The row groups whose middle lies within a range of the file's bytes. Ranges that together cover the file give each
  /// row group to one reader.
  public func rowGroups(within range: Range<Int64>) -> [Int] {
    metadata.rowGroups.indices.filter { index in
      let group = metadata.rowGroups[index]
      guard let first = group.columns.map(\.start).min() else { return range.contains(0) }
      let middle = max(0, min(first, size - 1)) + Int64(byteCount(ofGroup: index)) / 2
      return range.contains(min(middle, size - 1))
    }
  }

  /// A reader for the rows that `scan` describes.
  ///
  /// Throws `invalid-argument` for a column that is not there or a condition that does not fit its column, and
  /// `unsupported-type` for a column whose type is not read.
  public func reader(_ scan: ParquetScan = ParquetScan(), memory: ColumnMemory) throws(FlintError) -> ParquetReader {
    try ParquetReader(self, scan, memory)
  }
}
