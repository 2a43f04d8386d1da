public import FlintCore

extension CSVOptions {
  private static let names = [
    "header", "sep", "delimiter", "quote", "escape", "comment", "lineSep", "multiLine", "encoding", "charset",
    "nullValue",
    "emptyValue", "ignoreLeadingWhiteSpace", "ignoreTrailingWhiteSpace", "dateFormat", "timestampFormat", "mode",
    "columnNameOfCorruptRecord", "inferSchema", "samplingRatio", "enforceSchema", "maxColumns", "maxCharsPerColumn",
    "quoteAll",
  ]

  /// Sets an option by its name, in upper or lower case. Throws `invalid-argument` for a name that there is not, and
  /// for a value that does not fit.
  public mutating func set(_ name: String, _ value: String) throws(FlintError) {
    let option = OptionText(format: "CSV", name: name, value: value)
    switch name.lowercased() {
    case "header": header = try option.boolean()
    case "sep", "delimiter": sep = try option.scalar()
    case "quote": quote = try option.scalarOrNone()
    case "escape": escape = try option.scalarOrNone()
    case "comment": comment = try option.scalarOrNone()
    case "linesep": lineSep = value
    case "multiline": multiLine = try option.boolean()
    case "encoding", "charset": encoding = value
    case "nullvalue": nullValue = value
    case "emptyvalue": emptyValue = value
    case "ignoreleadingwhitespace": ignoreLeadingWhiteSpace = try option.boolean()
    case "ignoretrailingwhitespace": ignoreTrailingWhiteSpace = try option.boolean()
    case "dateformat": dateFormat = value
    case "timestampformat": timestampFormat = value
    case "mode": mode = try option.mode()
    case "columnnameofcorruptrecord": columnNameOfCorruptRecord = value
    case "inferschema": inferSchema = try option.boolean()
    case "samplingratio": samplingRatio = try option.fraction()
    case "enforceschema": enforceSchema = try option.boolean()
    case "maxcolumns": maxColumns = try option.count()
    case "maxcharspercolumn": maxCharsPerColumn = value == "-1" ? nil : try option.count()
    case "quoteall": quoteAll = try option.boolean()
    default: throw option.unknown(among: Self.names)
    }
  }
}
