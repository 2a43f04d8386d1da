internal import FlintCore

/// Decides what becomes of a request by its head alone, before any of its body is taken.
struct HTTPRouter: Sendable {
  /// What the head of a request says.
  struct Head: Sendable {
    var method: String
    var path: String
    var host: String?
    var authorization: String?
    /// The announced length of the body, as it was written.
    var contentLength: String?
  }

  /// What becomes of it.
  enum Decision: Sendable {
    case answer(HTTPRoute.Action, HTTPMethod, parameters: [String: String])
    case refuse(HTTPStatus, allowed: [HTTPMethod])
  }

  let routes: [HTTPRoute]
  /// What writing takes, and reading where `readingTakesToken`. Without one nobody may write.
  let token: Secret?
  let readingTakesToken: Bool
  /// Whether only requests for this machine's own names are answered. A page from elsewhere that a browser was led to
  /// believe is from here has the other name in its requests.
  let isLocal: Bool
  let bodyLength: Int

  func decide(_ head: Head) -> Decision {
    if isLocal, !HTTPRouter.isOwnName(head.host) { return .refuse(.forbidden, allowed: []) }
    guard let method = HTTPMethod(rawValue: head.method) else {
      return .refuse(.methodNotAllowed, allowed: allowed(at: head.path))
    }
    if method.isWriting || readingTakesToken, !isAuthorized(head) { return .refuse(.unauthorized, allowed: []) }
    let parts = HTTPRoute.parts(of: head.path)
    let wanted = method == .head ? .get : method
    for route in routes where route.method == wanted {
      guard let parameters = route.match(parts) else { continue }
      guard isShort(head.contentLength) else { return .refuse(.contentTooLarge, allowed: []) }
      return .answer(route.action, method, parameters: parameters)
    }
    let allowed = allowed(at: head.path)
    return .refuse(allowed.isEmpty ? .notFound : .methodNotAllowed, allowed: allowed)
  }

  private func allowed(at path: String) -> [HTTPMethod] {
    let parts = HTTPRoute.parts(of: path)
    let methods = Set(routes.filter { $0.match(parts) != nil }.map(\.method))
    return HTTPMethod.allCases.filter { methods.contains($0) || ($0 == .head && methods.contains(.get)) }
  }

  private func isAuthorized(_ head: Head) -> Bool {
    let scheme = "Bearer "
    guard let token, let shown = head.authorization, shown.hasPrefix(scheme) else { return false }
    return Secret(Array(shown.utf8.dropFirst(scheme.utf8.count))) == token
  }

  private func isShort(_ contentLength: String?) -> Bool {
    guard let contentLength else { return true }
    guard let length = Int(contentLength), length >= 0 else { return false }
    return length <= bodyLength
  }

  private static func isOwnName(_ host: String?) -> Bool {
    guard var name = host?[...] else { return false }
    // Within brackets colons belong to the address.
    if let colon = name.lastIndex(of: ":"), name[colon...].dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }) {
      name = name[..<colon]
    }
    return ["localhost", "127.0.0.1", "[::1]"].contains(String(name).lowercased())
  }
}
