/// One case of the benchmark; the same figures stand in the C program that it is compared with.
struct BenchPlan: Sendable {
  enum Work: Sendable { case requests, awaitedRequests, oneWay, blocks, files }

  let name: String
  let work: Work
  /// Requests at once.
  let outstanding: Int
  /// Messages or blocks in all.
  let count: Int
  /// Under TLS, from a shared secret.
  var isSecured = false

  static let all = [
    BenchPlan(name: "rr1", work: .requests, outstanding: 1, count: 200_000),
    BenchPlan(name: "rr64", work: .requests, outstanding: 64, count: 3_000_000),
    BenchPlan(name: "rr1-awaited", work: .awaitedRequests, outstanding: 1, count: 200_000),
    BenchPlan(name: "rr64-awaited", work: .awaitedRequests, outstanding: 64, count: 3_000_000),
    BenchPlan(name: "oneway", work: .oneWay, outstanding: 0, count: 10_000_000),
    BenchPlan(name: "block1m", work: .blocks, outstanding: 4, count: 8_192),
    BenchPlan(name: "sendfile1m", work: .files, outstanding: 4, count: 8_192),
    BenchPlan(name: "tls1m", work: .blocks, outstanding: 4, count: 8_192, isSecured: true),
  ]

  static func named(_ name: String) -> BenchPlan? { all.first { $0.name == name } }

  /// Bytes of a message, and of a block.
  static let messageSize = 100
  static let blockSize = 1 << 20
}
