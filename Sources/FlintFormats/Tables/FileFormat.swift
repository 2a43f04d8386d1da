/// How the files of a table are written.
public enum FileFormat: Hashable, Sendable {
  /// Parquet. With `mergeSchema` files may lack columns that others have; they are null there.
  case parquet(mergeSchema: Bool)
  /// Separated texts.
  case csv(CSVOptions)
  /// JSON.
  case json(JSONOptions)
  /// Lines, or whole files, of the one column `value`.
  case text(TextOptions)

  /// Whether files can be read in parts.
  public var isSplittable: Bool {
    switch self {
    case .parquet: true
    case .csv(let options): !options.multiLine
    case .json(let options): !options.multiLine
    case .text(let options): !options.wholetext
    }
  }
}
