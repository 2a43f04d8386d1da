/// One cast: to what, for which rows, and what happens to a value that has no counterpart.
struct Cast {
  let type: DataType
  let rows: Selection?
  /// Null instead of an error.
  let givesNull: Bool
  /// Whole numbers wrap around and floating-point numbers are clamped, as Java does it.
  let wraps: Bool
}
