/// The settings in effect: for each key of a ``ConfigurationRegistry`` one valid value and where it comes from.
///
/// Code comes before the command line, the command line before the file, the file before the environment, and that
/// before the default. Every text is checked, also one that another origin overrides.
public struct Configuration: Sendable {
  /// The keys.
  public let registry: ConfigurationRegistry
  private var values: [String: any ConfigurationValue] = [:]
  private var origins: [String: ConfigurationOrigin] = [:]

  /// Checks all texts and keeps the first origin's value of each key.
  ///
  /// - Parameters:
  ///   - code: Made by ``ConfigurationKey/set(to:file:line:)``.
  ///   - commandLine: The texts after `--conf`.
  ///   - file: The path and the text of the configuration file, if there is one.
  ///   - environment: All variables of the process; those without `FLINT_` are passed over.
  ///
  /// Throws `unknown-setting` or `invalid-setting`, with the origin.
  public init(
    registry: ConfigurationRegistry, code: [ConfigurationEntry] = [], commandLine: [String] = [],
    file: (path: FilePath, text: String)? = nil, environment: [String: String] = [:]
  ) throws(FlintError) {
    self.registry = registry
    for key in registry.keys {
      values[key.name] = key.standardValue
      origins[key.name] = .standard
    }
    try apply(ConfigurationEntry.entries(ofEnvironment: environment, registry: registry))
    if let file {
      try apply(ConfigurationEntry.entries(ofFile: file.path, text: file.text))
    }
    try apply(ConfigurationEntry.entries(ofCommandLine: commandLine))
    try apply(code)
  }

  /// The value of `key`, which is in the registry.
  public subscript<Value>(key: ConfigurationKey<Value>) -> Value {
    guard let value = values[key.name] as? Value else {
      preconditionFailure("\(key.name) is not in this configuration's registry")
    }
    return value
  }

  /// Where the value of the key called `name` comes from; nil when there is no such key.
  public func origin(of name: String) -> ConfigurationOrigin? { origins[name] }

  /// The value of the key called `name` as text; nil when there is no such key.
  func text(of name: String) -> String? { values[name]?.configurationText }

  private mutating func apply(_ entries: [ConfigurationEntry]) throws(FlintError) {
    for entry in entries {
      let key = try registry.key(named: entry.key, from: entry.origin)
      do {
        values[key.name] = try key.parse(entry.text)
        origins[key.name] = entry.origin
      } catch {
        throw Self.invalid(entry, key, error)
      }
    }
  }

  private static func invalid(
    _ entry: ConfigurationEntry, _ key: any AnyConfigurationKey, _ error: FlintError
  ) -> FlintError {
    let shown = key.isSecret ? "what is set" : "\"\(entry.text)\""
    let reason = error.why.map { "; \($0)" } ?? ""
    return FlintError(
      .invalidSetting, "\(shown) is no value of \(key.name)",
      why: "it comes from \(entry.origin), and \(key.name) is \(key.expectedForm)\(reason)",
      remedy: "for example \(key.name) \(key.exampleText)", at: entry.origin.location)
  }
}
