/// A request whose head and body have been received whole.
public struct HTTPRequest: Sendable {
  /// What is asked for.
  public let method: HTTPMethod
  /// The path, decoded, without the query.
  public let path: String
  /// What stood in the places of the route's braces, by the names within them.
  public let parameters: [String: String]
  /// The query's names and values, decoded. Of two with one name the last counts.
  public let query: [String: String]
  /// The body; empty for GET.
  public let body: [UInt8]
}
