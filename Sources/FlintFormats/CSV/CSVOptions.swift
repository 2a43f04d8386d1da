/// How separated texts are written, by the names that Spark gives to it. Bytes that mean something are ASCII.
public struct CSVOptions: Hashable, Sendable {
  // MARK: Form.

  /// Whether the first record of each file has the columns' names.
  public var header = false
  /// Between two fields.
  public var sep: Unicode.Scalar = ","
  /// Around values in which separators, line ends and quotes may stand; nil for none. It counts only at the start of
  /// a field.
  public var quote: Unicode.Scalar? = "\""
  /// Takes the meaning from the next byte within quotes. A doubled quote is one quote in any case; so nil, the
  /// default, is RFC 4180. Spark's own default is a backslash.
  public var escape: Unicode.Scalar?
  /// What a line begins with that is left out; nil for none.
  public var comment: Unicode.Scalar?
  /// What ends a record: `\n`, `\r` or `\r\n`; nil for any of them.
  public var lineSep: String?
  /// Whether line ends may stand within quotes. Such files are not cut into parts.
  public var multiLine = false
  /// Must be UTF-8: nothing else is read or written.
  public var encoding = "UTF-8"

  // MARK: Values.

  /// What stands for null. A quoted one does too, but a quoted empty text is a text where texts belong.
  public var nullValue = ""
  /// What a quoted empty text is read as. A writer writes it for empty texts; nil there is two quotes.
  public var emptyValue: String?
  /// Whether blanks and tabs before a value are no part of it.
  public var ignoreLeadingWhiteSpace = false
  /// Whether blanks and tabs behind a value are no part of it.
  public var ignoreTrailingWhiteSpace = false
  /// A pattern for dates; nil for `yyyy-mm-dd` and what else SQL takes for a date.
  public var dateFormat: String?
  /// A pattern for timestamps; nil for ISO 8601 and what else SQL takes for a timestamp.
  public var timestampFormat: String?

  // MARK: Reading.

  /// What becomes of malformed records.
  public var mode = ReadMode.permissive
  /// The column, a text, which has the text of malformed records, where the schema has it.
  public var columnNameOfCorruptRecord = "_corrupt_record"
  /// Whether types are found from the values; else every column is a text.
  public var inferSchema = false
  /// The part of the records, above 0 and up to 1, by which types are found.
  public var samplingRatio = 1.0
  /// Whether an explicit schema counts whatever the header says; else their names must be the same.
  public var enforceSchema = true
  /// How many fields a record may have.
  public var maxColumns = 20_480
  /// How many bytes a field may have; nil for as many as a record.
  public var maxCharsPerColumn: Int?

  // MARK: Writing.

  /// Whether every value is quoted, not only those that need it.
  public var quoteAll = false

  /// The defaults.
  public init() {}

  /// Fields between tabs.
  public static var tabs: CSVOptions {
    var options = CSVOptions()
    options.sep = "\t"
    return options
  }
}
