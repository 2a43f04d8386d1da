internal import FlintColumns
internal import FlintCore

/// A file of which some columns are read, by their names.
protocol ColumnarFile {
  var path: FilePath { get }
  /// The columns that can be read.
  var schema: Schema { get }
  /// The others, with the reason.
  var unreadable: [(name: String, reason: String)] { get }
}

extension ColumnarFile {
  /// The numbers of columns in the schema; of all when no names are given, if all can be read.
  func columns(_ names: [String]?) throws(FlintError) -> [Int] {
    if let names { return try names.map { (name) throws(FlintError) in try column(name) } }
    if let first = unreadable.first { throw error(first) }
    return Array(schema.fields.indices)
  }

  /// The number of a column in the schema.
  func column(_ name: String) throws(FlintError) -> Int {
    if let index = schema.index(of: name) { return index }
    if let column = unreadable.first(where: { $0.name == name }) { throw error(column) }
    let names = schema.fields.map(\.name)
    guard !names.contains(name) else {
      throw FlintError(.invalidArgument, "\(path) has more than one column \(name)")
    }
    throw FlintError(
      .invalidArgument, "\(path) has no column \(name)", why: "its columns are \(names.joined(separator: ", "))")
  }

  private func error(_ column: (name: String, reason: String)) -> FlintError {
    FlintError(
      .unsupportedType, "\(path), column \(column.name) cannot be read", why: column.reason,
      remedy: "name the columns that are wanted, without this one")
  }
}
