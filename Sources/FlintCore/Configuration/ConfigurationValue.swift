/// A type that a setting can have.
public protocol ConfigurationValue: Sendable {
  /// What a valid text looks like, as an error says it: `a size such as 512m or 2g`.
  static var expectedForm: String { get }

  /// A valid text.
  static var exampleText: String { get }

  /// Whether texts are references to secrets, so that no message may repeat one that is not understood.
  static var isSecret: Bool { get }

  /// Reads a text without white space around it. Throws `invalid-argument`.
  init(configurationText: String) throws(FlintError)

  /// The text that reads back as this value.
  var configurationText: String { get }
}

extension ConfigurationValue {
  public static var isSecret: Bool { false }

  /// The error for a text that this type does not understand; the key and the origin are added by whoever knows them.
  static func misunderstood(_ text: String) -> FlintError {
    FlintError(.invalidArgument, "\"\(text)\" is not \(expectedForm)")
  }
}
