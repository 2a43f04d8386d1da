public import FlintFiles

/// A part of a table's files, which one task reads.
public struct FilePart: Hashable, Sendable {
  /// The file, and from which byte to which. Of a Parquet file these are the row groups whose middle lies there.
  public let split: FileSplit
  /// The values that the names of its folders say, by the table's partition columns; nil for null.
  public let values: [String?]

  /// A part of a file.
  public init(split: FileSplit, values: [String?]) {
    self.split = split
    self.values = values
  }
}
