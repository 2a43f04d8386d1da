/// A change of a query's columns for which one must know what they are.
enum Reshaping: Hashable, Sendable {
  /// These columns more, or in the place of those that have their names.
  case adding([NamedColumn])
  case renaming([Renaming])
  /// Without those of these names that there are.
  case dropping([String])
  /// With other names, one for each.
  case naming([String])
  /// A value in the place of null, in columns of its kind; nil for all of these.
  case filling(Literal, [String]?)
  /// The rows that have at least so many values in some columns, nil for all of these; with nil for a value in each.
  case keeping(least: Int?, [String]?)
  /// The first row of each that are equal in these columns.
  case unique([String])
  /// Count, mean, deviation, least and greatest of some columns, nil for all numbers and texts: a row for each.
  case describing([String]?)

  /// A column and its name.
  struct NamedColumn: Hashable, Sendable {
    let name: String
    let expression: Expression
  }

  /// Another name for a column.
  struct Renaming: Hashable, Sendable {
    let old: String
    let new: String
  }
}
