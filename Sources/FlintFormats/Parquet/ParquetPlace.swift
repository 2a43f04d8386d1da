internal import FlintCore

/// Where in a Parquet file something stands, for errors.
struct ParquetPlace: CustomStringConvertible {
  let file: FilePath
  var rowGroup: Int?
  /// The column's path, with points between its parts.
  var column: String?

  init(_ file: FilePath, rowGroup: Int? = nil, column: String? = nil) {
    (self.file, self.rowGroup, self.column) = (file, rowGroup, column)
  }

  /// Such as `trips.parquet, row group 3, column fare`.
  var description: String {
    file.string + (rowGroup.map { ", row group \($0)" } ?? "") + (column.map { ", column \($0)" } ?? "")
  }
}
