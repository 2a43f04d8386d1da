public import FlintCore

/// How many connections of each address have not said who they are.
public struct StrangerLedger: Sendable {
  private var counts: [String: Int] = [:]
  private let limit: Int

  /// Lets `limit` strangers of one address in.
  public init(limit: Int) { self.limit = limit }

  /// A stranger comes from `endpoint`. False when there are too many, and then it does not count.
  public mutating func enter(from endpoint: Endpoint) -> Bool {
    let address = StrangerLedger.address(of: endpoint)
    guard counts[address, default: 0] < limit else { return false }
    counts[address, default: 0] += 1
    return true
  }

  /// One that had entered is known now, or gone.
  public mutating func leave(from endpoint: Endpoint) {
    let address = StrangerLedger.address(of: endpoint)
    guard let count = counts[address] else { preconditionFailure("a stranger left who had not entered") }
    counts[address] = count > 1 ? count - 1 : nil
  }

  /// How many there are of all addresses.
  public var count: Int { counts.values.reduce(0, +) }

  /// Ports are many and free; addresses are what a stranger has.
  private static func address(of endpoint: Endpoint) -> String {
    switch endpoint {
    case .tcp(let host, _): host
    case .unix(let path): path.string
    }
  }
}
