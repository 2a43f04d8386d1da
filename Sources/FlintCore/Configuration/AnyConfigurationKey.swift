/// A ``ConfigurationKey`` of any type, as the table of all keys holds it.
public protocol AnyConfigurationKey: Sendable {
  /// The name in files and on the command line, such as `flint.executor.memory`.
  var name: String { get }
  /// What a bare number counts; empty for types that carry their unit.
  var unit: String { get }
  /// What the setting does.
  var purpose: String { get }
  /// The default.
  var standardValue: any ConfigurationValue { get }
  /// The default as it would be written.
  var standardText: String { get }
  /// What a valid text looks like.
  var expectedForm: String { get }
  /// A valid text.
  var exampleText: String { get }
  /// Whether the value is a reference to a secret.
  var isSecret: Bool { get }

  /// Reads a text without white space around it. Throws `invalid-argument`.
  func parse(_ text: String) throws(FlintError) -> any ConfigurationValue
}

extension AnyConfigurationKey {
  /// The environment variable that sets this key; see ``ConfigurationRegistry``.
  public var variable: String { ConfigurationName.variable(for: name) }
}
