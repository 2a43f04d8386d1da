import FlintCore
import Testing

@testable import FlintLibuv

@Suite("Which request gets which answer")
struct HTTPRouterTests {
  private static let token = Secret(Array("letmein".utf8))

  private static func router(local: Bool = true) -> HTTPRouter {
    let answer = HTTPRoute.Action.now { _ in .json("fine") }
    return HTTPRouter(
      routes: [
        HTTPRoute(.get, "/", answer), HTTPRoute(.get, "/jobs", answer), HTTPRoute(.get, "/jobs/{id}", answer),
        HTTPRoute(.post, "/jobs/{id}", answer),
      ], token: token, readingTakesToken: !local, isLocal: local, bodyLength: 100)
  }

  /// What is decided, in a word or two.
  private static func decide(
    _ method: String, _ path: String, host: String? = "localhost:80", token: String? = nil, length: String? = nil,
    local: Bool = true
  ) -> String {
    let head = HTTPRouter.Head(
      method: method, path: path, host: host, authorization: token.map { "Bearer \($0)" }, contentLength: length)
    switch router(local: local).decide(head) {
    case .answer(_, let method, let parameters):
      return parameters.sorted { $0.key < $1.key }.reduce("\(method)") { "\($0) \($1.key)=\($1.value)" }
    case .refuse(let status, let allowed):
      return allowed.reduce("\(status.rawValue)") { "\($0) \($1.rawValue)" }
    }
  }

  @Test("paths fit whole, part by part")
  func paths() {
    #expect(Self.decide("GET", "/") == "get")
    #expect(Self.decide("GET", "/jobs") == "get")
    #expect(Self.decide("HEAD", "/jobs") == "head")
    #expect(Self.decide("GET", "/jobs/7") == "get id=7")
    #expect(Self.decide("GET", "/jobs/7/x") == "404")
    #expect(Self.decide("GET", "/jobs/") == "404")
    #expect(Self.decide("GET", "//jobs") == "404")
    #expect(Self.decide("GET", "/Jobs") == "404")
    #expect(Self.decide("GET", "jobs") == "404")
    #expect(Self.decide("GET", "") == "404")
  }

  @Test("methods that are not there are refused, with those that are")
  func methods() {
    #expect(Self.decide("POST", "/jobs", token: "letmein") == "405 HEAD GET")
    #expect(Self.decide("DELETE", "/jobs/7") == "405 HEAD GET POST")
    #expect(Self.decide("get", "/jobs") == "405 HEAD GET")
    #expect(Self.decide("POST", "/none", token: "letmein") == "404")
  }

  @Test("writing takes the token, and elsewhere than on loopback so does reading")
  func token() {
    #expect(Self.decide("POST", "/jobs/7") == "401")
    #expect(Self.decide("POST", "/jobs/7", token: "letmeout") == "401")
    #expect(Self.decide("POST", "/jobs/7", token: "") == "401")
    #expect(Self.decide("POST", "/jobs/7", token: "letmein") == "post id=7")
    #expect(Self.decide("GET", "/jobs", host: "example.org", local: false) == "401")
    #expect(Self.decide("GET", "/none", host: "example.org", local: false) == "401")
    #expect(Self.decide("GET", "/jobs", host: "example.org", token: "letmein", local: false) == "get")
  }

  @Test(
    "a page from elsewhere cannot read what this machine shows itself",
    arguments: ["localhost", "127.0.0.1:8080", "[::1]", "[::1]:80", "LOCALHOST:1"])
  func ownNames(host: String) {
    #expect(Self.decide("GET", "/jobs", host: host) == "get")
    #expect(Self.decide("GET", "/jobs", host: host + ".example.org") == "403")
  }

  @Test("a request without a name, or with another one, is refused")
  func otherNames() {
    #expect(Self.decide("GET", "/jobs", host: nil) == "403")
    #expect(Self.decide("GET", "/jobs", host: "example.org") == "403")
    #expect(Self.decide("GET", "/jobs", host: "127.0.0.1@example.org:80") == "403")
  }

  @Test(
    "a body that says it is too long, or lies about what a length is, is not read",
    arguments: ["101", "-1", "1e3", "99999999999999999999", "x"])
  func lengths(length: String) {
    #expect(Self.decide("POST", "/jobs/7", token: "letmein", length: length) == "413")
    #expect(Self.decide("POST", "/jobs/7", token: "letmein", length: "100") == "post id=7")
  }

  @Test("JSON is written as it should be")
  func json() {
    let value: JSONValue = ["a": [1, -2, true, .null, .number(0.5), .number(.nan)], "b\"": "x\n\\", "c": ["d": []]]
    #expect(value.text == #"{"a":[1,-2,true,null,0.5,null],"b\"":"x\n\\","c":{"d":[]}}"#)
  }
}
