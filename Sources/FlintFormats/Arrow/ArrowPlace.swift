internal import FlintCore

/// Where in a file of Arrow's something stands, for errors.
struct ArrowPlace: CustomStringConvertible {
  let file: FilePath
  /// Which message it is in, such as `record batch 3`.
  var message: String?
  var column: String?

  init(_ file: FilePath, message: String? = nil, column: String? = nil) {
    (self.file, self.message, self.column) = (file, message, column)
  }

  /// Such as `trips.arrow, record batch 3, column fare`.
  var description: String {
    file.string + (message.map { ", \($0)" } ?? "") + (column.map { ", column \($0)" } ?? "")
  }
}
