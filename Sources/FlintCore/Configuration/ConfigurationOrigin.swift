/// Where the value of a setting comes from; the first of these that gives one wins.
public enum ConfigurationOrigin: Hashable, Sendable, CustomStringConvertible {
  /// The program itself.
  case code(SourceLocation)
  /// SET in a query.
  case statement
  /// `--conf key=value`.
  case commandLine
  /// A line of a configuration file.
  case file(FilePath, line: Int)
  /// An environment variable.
  case environment(variable: String)
  /// The table of settings.
  case standard

  /// The place, as it fits behind "it comes from".
  public var description: String {
    switch self {
    case .code(let location): "code at \(location)"
    case .statement: "SET"
    case .commandLine: "the command line (--conf)"
    case .file(let path, let line): "\(path):\(line)"
    case .environment(let variable): "the environment variable \(variable)"
    case .standard: "default"
    }
  }

  /// The place to look at, for origins that have one.
  var location: SourceLocation? {
    switch self {
    case .code(let location): location
    case .file(let path, let line): SourceLocation(file: path.string, line: line)
    case .statement, .commandLine, .environment, .standard: nil
    }
  }
}
