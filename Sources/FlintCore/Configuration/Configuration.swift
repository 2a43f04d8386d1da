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
    for setting in registry.settings {
      values[setting.name] = setting.standard
      origins[setting.name] = .standard
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
    guard let value = values[key.setting.name] as? Value else {
      preconditionFailure("\(key.setting.name) is not in this configuration's registry")
    }
    return value
  }

  /// Where the value of the key called `name` comes from; nil when there is no such key.
  public func origin(of name: String) -> ConfigurationOrigin? { origins[name] }

  /// The value of the key called `name` as text; nil when there is no such key.
  package func text(of name: String) -> String? { values[name]?.configurationText }

  private mutating func apply(_ entries: [ConfigurationEntry]) throws(FlintError) {
    for entry in entries {
      let setting = try registry.setting(named: entry.key, from: entry.origin)
      do {
        values[setting.name] = try setting.parse(entry.text)
        origins[setting.name] = entry.origin
      } catch {
        throw Self.invalid(entry, setting, error)
      }
    }
  }

  private static func invalid(
    _ entry: ConfigurationEntry, _ setting: ConfigurationSetting, _ error: FlintError
  ) -> FlintError {
    let shown = setting.form.isSecret ? "what is set" : "\"\(entry.text)\""
    let reason = error.why.map { "; \($0)" } ?? ""
    return FlintError(
      .invalidSetting, "\(shown) is no value of \(setting.name)",
      why: "it comes from \(entry.origin), and \(setting.name) is \(setting.form.expected)\(reason)",
      remedy: "for example \(setting.name) \(setting.form.example)", at: entry.origin.location)
  }
}
