/// What a route answers.
public struct HTTPResponse: Sendable {
  /// The outcome.
  public var status: HTTPStatus
  /// What the body is, such as `text/html; charset=utf-8`.
  public var contentType: String
  /// The content.
  public var body: [UInt8]
  /// Further headers of the answer.
  public var headers: [(name: String, value: String)] = []

  /// A response with these bytes.
  public init(_ status: HTTPStatus = .ok, contentType: String, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// A response in JSON.
  public static func json(_ value: JSONValue, _ status: HTTPStatus = .ok) -> HTTPResponse {
    HTTPResponse(status, contentType: "application/json", body: Array(value.text.utf8))
  }

  /// What is said when there is nothing to show: `{"error":"not found"}`.
  public static func failure(_ status: HTTPStatus, _ words: String? = nil) -> HTTPResponse {
    .json(["error": .text(words ?? status.words)], status)
  }
}
