public import FlintCore

/// How JSON is written, by the names that Spark gives to it, with Spark's defaults.
public struct JSONOptions: Hashable, Sendable {
  // MARK: Form.

  /// Whether a file is one value after another over any number of lines, or one array of them; else each line is one.
  /// Such files are not cut into parts.
  public var multiLine = false
  /// What ends a line: `\n`, `\r` or `\r\n`; nil for a line feed, with a carriage return before it or without.
  public var lineSep: String?
  /// Must be UTF-8: nothing else is read or written.
  public var encoding = "UTF-8"
  /// Whether `/* … */`, `// …` and `# …` are left out.
  public var allowComments = false
  /// Whether names of letters, digits and underscores need no quotes.
  public var allowUnquotedFieldNames = false
  /// Whether single quotes are quotes too.
  public var allowSingleQuotes = true
  /// Whether numbers may begin with zeros.
  public var allowNumericLeadingZeros = false
  /// Whether `NaN`, `Infinity`, `INF` and their opposites are numbers.
  public var allowNonNumericNumbers = true
  /// Whether a backslash may stand before any character.
  public var allowBackslashEscapingAnyCharacter = false
  /// Whether control characters may stand in texts.
  public var allowUnquotedControlChars = false

  // MARK: Values.

  /// A pattern for dates; nil for `yyyy-mm-dd` and what else SQL takes for a date.
  public var dateFormat: String?
  /// A pattern for timestamps; nil for ISO 8601 and what else SQL takes for a timestamp.
  public var timestampFormat: String?

  // MARK: Reading.

  /// What becomes of malformed records.
  public var mode = ReadMode.permissive
  /// The column, a text, which has the text of malformed records, where the schema has it.
  public var columnNameOfCorruptRecord = "_corrupt_record"
  /// Whether numbers and truth values are found to be texts.
  public var primitivesAsString = false
  /// Whether numbers with a point are found to be decimals, where they have at most 38 digits.
  public var prefersDecimal = false
  /// The part of the records, above 0 and up to 1, by which types are found.
  public var samplingRatio = 1.0
  /// Whether columns without a value are left out of the schema that is found.
  public var dropFieldIfAllNull = false

  // MARK: Writing.

  /// Whether fields that are null are left out.
  public var ignoreNullFields = true

  /// The defaults.
  public init() {}
}

extension JSONOptions {
  private static let names = [
    "multiLine", "lineSep", "encoding", "charset", "allowComments", "allowUnquotedFieldNames", "allowSingleQuotes",
    "allowNumericLeadingZeros", "allowNonNumericNumbers", "allowBackslashEscapingAnyCharacter",
    "allowUnquotedControlChars",
    "dateFormat", "timestampFormat", "mode", "columnNameOfCorruptRecord", "primitivesAsString", "prefersDecimal",
    "samplingRatio", "dropFieldIfAllNull", "ignoreNullFields",
  ]

  /// Sets an option by its name, in upper or lower case. Throws `invalid-argument` for a name that there is not, and
  /// for a value that does not fit.
  public mutating func set(_ name: String, _ value: String) throws(FlintError) {
    let option = OptionText(format: "JSON", name: name, value: value)
    switch name.lowercased() {
    case "multiline": multiLine = try option.boolean()
    case "linesep": lineSep = value
    case "encoding", "charset": encoding = value
    case "allowcomments": allowComments = try option.boolean()
    case "allowunquotedfieldnames": allowUnquotedFieldNames = try option.boolean()
    case "allowsinglequotes": allowSingleQuotes = try option.boolean()
    case "allownumericleadingzeros": allowNumericLeadingZeros = try option.boolean()
    case "allownonnumericnumbers": allowNonNumericNumbers = try option.boolean()
    case "allowbackslashescapinganycharacter": allowBackslashEscapingAnyCharacter = try option.boolean()
    case "allowunquotedcontrolchars": allowUnquotedControlChars = try option.boolean()
    case "dateformat": dateFormat = value
    case "timestampformat": timestampFormat = value
    case "mode": mode = try option.mode()
    case "columnnameofcorruptrecord": columnNameOfCorruptRecord = value
    case "primitivesasstring": primitivesAsString = try option.boolean()
    case "prefersdecimal": prefersDecimal = try option.boolean()
    case "samplingratio": samplingRatio = try option.fraction()
    case "dropfieldifallnull": dropFieldIfAllNull = try option.boolean()
    case "ignorenullfields": ignoreNullFields = try option.boolean()
    default: throw option.unknown(among: Self.names)
    }
  }
}
