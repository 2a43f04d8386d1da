public import FlintColumns
internal import FlintCore

/// Reads files as data frames: of those that a path or a pattern names, and of all below a folder, also the columns that
/// names of folders say.
///
/// Nothing is read before rows are asked for; then a path that is not there is `file-not-found`, and files that do not agree
/// on columns are `corrupt-data`.
public struct DataFrameReader: Sendable {
  let context: SQLContext
  private var options: [FileSource.Option] = []
  private var given: Schema?
  private var error: KnownError?

  init(context: SQLContext) {
    self.context = context
  }

  /// The reader with an option of a format, by the name that Spark has for it.
  public func option(_ name: String, _ value: String) -> DataFrameReader {
    var reader = self
    reader.options.append(FileSource.Option(name: name, value: value))
    return reader
  }

  /// The reader with columns that are known; else they are found in the files.
  public func schema(_ schema: Schema) -> DataFrameReader {
    var reader = self
    reader.given = schema
    return reader
  }

  /// The reader with columns that are known, as a text such as `zone int not null, fare decimal(12,2)`.
  public func schema(_ text: String, file: String = #fileID, line: Int = #line) -> DataFrameReader {
    var reader = self
    do throws(FlintError) { reader.given = try Schema(parsing: text) } catch {
      reader.error = KnownError(error: error.located(SourceLocation(file: file, line: line)))
    }
    return reader
  }

  /// The rows of Parquet files.
  public func parquet(_ paths: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    frame("parquet", paths, SourceLocation(file: file, line: line))
  }

  /// The rows of files of separated texts.
  public func csv(_ paths: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    frame("csv", paths, SourceLocation(file: file, line: line))
  }

  /// The rows of files of JSON.
  public func json(_ paths: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    frame("json", paths, SourceLocation(file: file, line: line))
  }

  /// The lines of files, as one column `value`.
  public func text(_ paths: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    frame("text", paths, SourceLocation(file: file, line: line))
  }

  private func frame(_ format: String, _ paths: [String], _ place: SourceLocation) -> DataFrame {
    if let error { return DataFrame(Query(.wrong(error), .program(place)), context) }
    let sorted = options.sorted { $0.name < $1.name }
    let source = FileSource(format: format, paths: paths, options: sorted, schema: given)
    return DataFrame(Query(.files(source), .program(place)), context)
  }
}
