internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintTasks

/// Writes a frame's rows to files: all of them appear, or none.
///
/// ```swift
/// import FlintSQL
///
/// func save(_ trips: DataFrame) async throws {
///   try await trips.write.mode(.overwrite).partitionBy("day").parquet("trips")
///   try await trips.limit(1000).coalesce(1).write.option("header", "true").option("compression", "gzip").csv("sample")
/// }
/// ```
public struct DataFrameWriter: Sendable {
  let frame: DataFrame
  private var saveMode = SaveMode.errorIfExists
  private var options: [FileSource.Option] = []
  private var columns: [String] = []

  init(_ frame: DataFrame) {
    self.frame = frame
  }

  /// The same with another answer to something that is at the path already.
  public func mode(_ mode: SaveMode) -> DataFrameWriter {
    var writer = self
    writer.saveMode = mode
    return writer
  }

  /// The same with an option of a format, by the name that Spark has for it, or with `compression`: `none`, `gzip`, `zstd`,
  /// `lz4`, `brotli`, and of Parquet also `snappy`, the default there.
  public func option(_ name: String, _ value: String) -> DataFrameWriter {
    var writer = self
    writer.options.append(FileSource.Option(name: name, value: value))
    return writer
  }

  /// The same with a folder for each value of some columns, such as `day=2020-01-05`; these columns are not in the files.
  ///
  /// Overwriting removes what is there, or under `flint.sql.sources.partitionOverwriteMode=dynamic` only the folders for which
  /// there are rows.
  public func partitionBy(_ columns: String...) -> DataFrameWriter {
    var writer = self
    writer.columns = columns
    return writer
  }

  // MARK: Writing.

  /// Writes a folder with a Parquet file for each partition, `part-00000.snappy.parquet` first, and `_SUCCESS`, which names
  /// them all.
  ///
  /// Throws `file-exists`, `file-not-found` when executors do not see the path, `invalid-argument` for options that the format
  /// has not, and what the query throws.
  public func parquet(_ path: String, file: String = #fileID, line: Int = #line) async throws {
    try await write("parquet", path, file, line)
  }

  /// As ``parquet(_:file:line:)``, as separated texts.
  public func csv(_ path: String, file: String = #fileID, line: Int = #line) async throws {
    try await write("csv", path, file, line)
  }

  /// As ``parquet(_:file:line:)``, with a JSON object on each line.
  public func json(_ path: String, file: String = #fileID, line: Int = #line) async throws {
    try await write("json", path, file, line)
  }

  /// As ``parquet(_:file:line:)``, as lines of text; the frame has one column of texts.
  public func text(_ path: String, file: String = #fileID, line: Int = #line) async throws {
    try await write("text", path, file, line)
  }

  private func write(_ name: String, _ path: String, _ file: String, _ line: Int) async throws {
    let site = OperatorSite("write.\(name)", file, line)
    do {
      try await write(WriteFormat(name: name, options: options), path, site)
    } catch let error as FlintError { throw error.located(site.location) }
  }

  private func write(_ format: WriteFormat, _ path: String, _ site: OperatorSite) async throws {
    let suffix = try format.suffix()
    guard let (cluster, plan) = try await frame.clusterExecution(site) else {
      throw FlintError(
        .invalidArgument, "rows are written by a session", remedy: "begin with read or sql of a session")
    }
    let fields = plan.output.schema.fields
    let columns = try folderColumns(fields)
    let job = try OutputJob(
      path, suffix: suffix, partitionCount: 1, mode: mode, hasFolders: !columns.isEmpty, site,
      context: cluster.session.runtime.context)
    if saveMode == .ignore, try await job.isThere { return }
    if saveMode == .errorIfExists { try await job.requireNothing() }
    let node = try await cluster.dataset(plan)
    let settings = cluster.settings
    _ = try await job.run(cluster.session, node) { staged in
      ResultFactory {
        if columns.isEmpty { return TableSink(staged, fields, format, settings) }
        return FolderSink(staged, fields, by: columns, format, settings)
      }
    }
  }

  private var mode: OutputMode {
    switch saveMode {
    case .errorIfExists, .ignore: .new
    case .append: .adding
    case .overwrite:
      !columns.isEmpty && frame.context.settings.overwriteMode == .dynamic ? .replacingFolders : .replacing
    }
  }

  /// The columns that name folders, as they are written in the frame.
  private func folderColumns(_ fields: [Field]) throws(FlintError) -> [String] {
    let found = try columns.map { (name) throws(FlintError) in
      guard let field = fields.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        throw FlintError(
          .unknownName, "there is no column \(name) to name folders",
          remedy: NearestName.find(for: name, in: fields.map(\.name)).map { "did you mean \($0)?" })
      }
      return field.name
    }
    if !found.isEmpty { try PartitionedWriter.check(Schema(fields), by: found) }
    return found
  }
}

extension DataFrame {
  /// Writes the rows to files.
  public var write: DataFrameWriter { DataFrameWriter(self) }
}
