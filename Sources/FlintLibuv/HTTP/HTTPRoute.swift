/// A path that is answered, and by what.
public struct HTTPRoute: Sendable {
  /// How a request becomes an answer. All begin on the loop, so none may compute for long.
  public enum Action: Sendable {
    /// An answer that is there at once.
    case now(@Sendable (HTTPRequest) -> HTTPResponse)
    /// An answer that must be waited for.
    case later(@Sendable (HTTPRequest) async -> HTTPResponse)
    /// Events as they happen, until either side ends the stream.
    case events(@Sendable (HTTPRequest, HTTPEventStream) -> Void)
  }

  /// GET also answers HEAD.
  public let method: HTTPMethod
  /// The parts of the path between its slashes.
  let pattern: [Part]
  /// What answers.
  public let action: Action

  /// A part of a pattern.
  enum Part: Hashable, Sendable {
    case word(String)
    case parameter(String)
  }

  /// A route for `path`, in which `{name}` stands for any one part.
  public init(_ method: HTTPMethod, _ path: String, _ action: Action) {
    precondition(path.hasPrefix("/"), "the path of a route begins with a slash: \(path)")
    precondition(method != .head, "HEAD is answered by the route for GET")
    self.method = method
    self.action = action
    pattern = HTTPRoute.parts(of: path).map { part in
      part.hasPrefix("{") && part.hasSuffix("}") ? .parameter(String(part.dropFirst().dropLast())) : .word(part)
    }
  }

  /// The parts of a path; none when it does not begin with a slash. Empty ones count, so that two slashes
  /// are not one.
  static func parts(of path: String) -> [String] {
    guard path.hasPrefix("/") else { return [] }
    return path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  }

  /// The parameters of a path that fits; nil for others.
  func match(_ parts: [String]) -> [String: String]? {
    guard parts.count == pattern.count else { return nil }
    var parameters: [String: String] = [:]
    for (part, wanted) in zip(parts, pattern) {
      switch wanted {
      case .word(let word): guard part == word else { return nil }
      case .parameter(let name):
        guard !part.isEmpty else { return nil }
        parameters[name] = part
      }
    }
    return parameters
  }
}
