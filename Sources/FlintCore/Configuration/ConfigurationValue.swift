/// A type that a setting can have.
public protocol ConfigurationValue: Sendable {
  /// How its texts are written.
  static var configurationForm: ConfigurationForm { get }

  /// Reads a text without white space around it. Throws `invalid-argument`.
  init(configurationText: String) throws(FlintError)

  /// The text that reads back as this value.
  var configurationText: String { get }
}

extension ConfigurationValue {
  /// The error for a text that this type does not understand; the key and the origin are added by whoever knows them.
  static func misunderstood(_ text: String) -> FlintError {
    FlintError(.invalidArgument, "\"\(text)\" is not \(configurationForm.expected)")
  }
}

extension ConfigurationValue where Self: LosslessStringConvertible {
  /// Reads the standard library's own text of the type.
  public init(configurationText text: String) throws(FlintError) {
    guard let value = Self(text) else { throw Self.misunderstood(text) }
    self = value
  }

  /// The standard library's own text of the value.
  public var configurationText: String { description }
}
