/// The methods that are answered. HEAD is GET without a body.
public enum HTTPMethod: String, CaseIterable, Hashable, Sendable {
  case head = "HEAD"
  case get = "GET"
  case post = "POST"

  /// Whether it changes something, so that it takes the token.
  public var isWriting: Bool {
    switch self {
    case .head, .get: false
    case .post: true
    }
  }
}
