/// How the texts of a setting's type are written.
public struct ConfigurationForm: Hashable, Sendable {
  /// What a valid text looks like, as an error says it: `a size such as 512m or 2g`.
  public let expected: String
  /// A valid text.
  public let example: String
  /// Whether texts refer to secrets, so that no message may repeat one that is not understood.
  public let isSecret: Bool

  /// A form with an example of it.
  public init(_ expected: String, example: String, isSecret: Bool = false) {
    self.expected = expected
    self.example = example
    self.isSecret = isSecret
  }
}
