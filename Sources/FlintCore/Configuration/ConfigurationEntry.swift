/// A setting as somebody wrote it: a key's name, a text, and where it stands. ``Configuration`` checks it.
public struct ConfigurationEntry: Hashable, Sendable {
  /// The key's name; whether there is such a key is not yet known.
  public let key: String
  /// The value's text, without white space around it.
  public let text: String
  /// Where it was written.
  public let origin: ConfigurationOrigin

  /// A setting as it was written at `origin`.
  public init(key: String, text: String, origin: ConfigurationOrigin) {
    self.key = key
    self.text = text
    self.origin = origin
  }
}
