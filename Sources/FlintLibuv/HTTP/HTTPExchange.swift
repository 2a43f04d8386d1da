internal import CFlintHTTP
internal import FlintCore

/// One request and its answer. On the loop, from the request's head to its last byte.
final class HTTPExchange {
  let connection: OpaquePointer
  let decision: HTTPRouter.Decision
  let path: String
  private let bodyLimit: Int
  private(set) var body: [UInt8] = []
  private(set) var isTooLong = false
  /// The answer that had to be waited for.
  var answer: HTTPResponse?
  var isSuspended = false
  var feed: HTTPEventFeed?

  init(_ connection: OpaquePointer, _ decision: HTTPRouter.Decision, path: String, bodyLimit: Int) {
    self.connection = connection
    self.decision = decision
    self.path = path
    self.bodyLimit = bodyLimit
  }

  /// Takes the next bytes of the body. False when the client sends so much more than allowed that it does not deserve an
  /// answer.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if isTooLong || body.count + bytes.count > bodyLimit {
      isTooLong = true
      excess += bytes.count
      body = []
      return excess < 4 * bodyLimit
    }
    body += bytes
    return true
  }

  private var excess = 0

  func request(_ method: HTTPMethod, _ parameters: [String: String]) -> HTTPRequest {
    HTTPRequest(
      method: method, path: path, parameters: parameters, query: HTTPExchange.query(of: connection), body: body)
  }

  private static func query(of connection: OpaquePointer) -> [String: String] {
    let names = QueryReader()
    flint_http_query(connection, Unmanaged.passUnretained(names).toOpaque()) { context, name, value in
      guard let context, let name else { return }
      let reader = Unmanaged<QueryReader>.fromOpaque(context).takeUnretainedValue()
      reader.values[String(cString: name)] = value.map { String(cString: $0) } ?? ""
    }
    return names.values
  }

  private final class QueryReader {
    var values: [String: String] = [:]
  }
}
