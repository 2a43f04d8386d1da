internal import FlintColumns
internal import FlintCore

/// What names of tables stand for, as far as a query needs it: it is complete before the query is analysed.
struct Catalog: Sendable {
  /// Queries by their names in lower case.
  var views: [String: Query] = [:]
  /// The names of all views, also of those that the query does not name.
  var viewNames: [String] = []
  /// Tables in memory by their names in lower case.
  var tables: [String: Table] = [:]
  /// The files that the query names.
  var files: [FileSource: Table] = [:]
  /// Rows that are kept, where there are executors that keep them.
  var kept: [KeptRows: DatasetSource] = [:]
  /// Functions of the program by their names in lower case.
  var functions: [String: UserFunction] = [:]
  /// Time zones by their names.
  var zones: [String: ZoneRules] = [:]
}
