/// How a file of Arrow's is written.
public struct ArrowWriteOptions: Sendable {
  /// The two forms of the format: a file says at its end where everything is, a stream is read from its beginning.
  public enum Form: Sendable, Hashable { case file, stream }

  /// Which of them it gets.
  public var form = Form.file
  /// How buffers are compressed.
  public var compression = ArrowCompression.none
  /// Whether columns whose vectors have a dictionary in the first batch are written as numbers of one; all their values are
  /// then kept in memory until the end.
  public var keepsDictionaries = true
  /// What is kept beside the schema, in this order.
  public var properties: [(key: String, value: String)] = []

  /// A file, not compressed, with dictionaries.
  public init() {}
}
