/// The outcomes of requests.
public enum HTTPStatus: UInt32, CaseIterable, Hashable, Sendable {
  case ok = 200
  case accepted = 202
  case badRequest = 400
  case unauthorized = 401
  case forbidden = 403
  case notFound = 404
  case methodNotAllowed = 405
  case conflict = 409
  case contentTooLarge = 413
  case internalError = 500
  case unavailable = 503

  /// In words, for bodies.
  public var words: String {
    switch self {
    case .ok: "OK"
    case .accepted: "accepted"
    case .badRequest: "bad request"
    case .unauthorized: "the token is missing or wrong"
    case .forbidden: "forbidden"
    case .notFound: "not found"
    case .methodNotAllowed: "method not allowed"
    case .conflict: "conflict"
    case .contentTooLarge: "the content is too large"
    case .internalError: "internal error"
    case .unavailable: "unavailable"
    }
  }
}
