/// A line of the table of settings: a ``ConfigurationKey`` without its type.
public struct ConfigurationSetting: Sendable {
  /// The name in files and on the command line, such as `flint.executor.memory`.
  public let name: String
  /// What a bare number counts, such as `tasks`; empty for types that carry their unit.
  public let unit: String
  /// What the setting does.
  public let purpose: String
  /// What its texts look like.
  public let form: ConfigurationForm
  /// The default as it would be written.
  public var standardText: String { standard.configurationText }
  /// The environment variable that sets it; see ``ConfigurationRegistry``.
  public var variable: String { ConfigurationName.variable(for: name) }

  /// The default.
  let standard: any ConfigurationValue
  /// Reads a text without white space around it. Throws `invalid-argument`.
  let parse: @Sendable (String) throws(FlintError) -> any ConfigurationValue
}
