public import FlintCore

/// How texts are read, by the names that Spark gives to it.
public struct TextOptions: Hashable, Sendable {
  /// Whether a file is one row, with its line ends.
  public var wholetext = false
  /// What ends a line: `\n`, `\r` or `\r\n`; nil for a line feed, with a carriage return before it or without.
  public var lineSep: String?

  /// The defaults.
  public init() {}

  /// Sets an option by its name, in upper or lower case. Throws `invalid-argument` for a name that there is not, and
  /// for a value that does not fit.
  public mutating func set(_ name: String, _ value: String) throws(FlintError) {
    let option = OptionText(format: "text", name: name, value: value)
    switch name.lowercased() {
    case "wholetext": wholetext = try option.boolean()
    case "linesep": lineSep = value
    default: throw option.unknown(among: ["wholetext", "lineSep"])
    }
  }
}
