/// How a Parquet file is written.
public struct ParquetWriteOptions: Sendable {
  /// The two forms of a data page. Every reader reads the first.
  public enum PageVersion: Sendable, Hashable { case v1, v2 }

  /// How pages are compressed.
  public var codec = ParquetCodec.snappy
  /// How hard it is tried; nil for the codec's default.
  public var level: Int?
  /// The form of data pages.
  public var pageVersion = PageVersion.v1
  /// Rows of a row group, after which the next begins.
  public var rowGroupRows = 1 << 20
  /// Bytes of a page's values, after which the next begins.
  public var pageSize = 1 << 20
  /// Rows of a page, after which the next begins.
  public var pageRows = 20_000
  /// Bytes of the values of a dictionary, after which a column does without; 0 for no dictionaries.
  public var dictionarySize = 1 << 20
  /// How the values of some columns are written where they do not use a dictionary. A column is named by its path, with points
  /// between its parts. Columns that are named here use none at all, unless ``ParquetEncoding/rleDictionary`` is said.
  public var encodings: [String: ParquetEncoding] = [:]
  /// The columns, by their paths, of which it is noted which values they hold.
  public var bloomFilters: Set<String> = []
  /// Whether least and greatest values are noted.
  public var hasStatistics = true
  /// Whether it is noted where the pages lie and what they hold.
  public var hasPageIndex = true
  /// Whether pages get checksums.
  public var hasChecksums = false
  /// What is kept beside the schema, in this order.
  public var properties: [(key: String, value: String)] = []

  /// Snappy, dictionaries, statistics and a page index.
  public init() {}
}
