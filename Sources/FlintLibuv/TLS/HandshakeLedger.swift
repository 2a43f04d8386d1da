internal import FlintCore

/// The connections whose peers have not said who they are, and which of them must go when there are too many.
///
/// The one that has waited longest goes. An honest handshake is over in milliseconds, so strangers that only hold
/// connections open lose them to honest peers, and not the other way round.
struct HandshakeLedger {
  /// A connection that has come.
  struct Entry: Hashable {
    let number: UInt64
    let address: String
  }

  private let perAddress: Int
  private let total: Int
  /// The oldest first. There are few, so a walk costs less than an index.
  private var entries: [Entry] = []

  init(perAddress: Int, total: Int) {
    self.perAddress = perAddress
    self.total = total
  }

  var count: Int { entries.count }

  /// A connection has come from `address`; the answer is one that must go for it.
  mutating func arrived(_ number: UInt64, from address: String) -> UInt64? {
    var crowd: Int?
    if entries.count(where: { $0.address == address }) >= perAddress {
      crowd = entries.firstIndex { $0.address == address }
    } else if entries.count >= total {
      crowd = busiest()
    }
    let evicted = crowd.map { entries.remove(at: $0).number }
    entries.append(Entry(number: number, address: address))
    return evicted
  }

  /// The connection is authenticated, refused, or gone.
  mutating func left(_ number: UInt64) {
    entries.removeAll { $0.number == number }
  }

  /// The oldest connection of the address that has most; of several such addresses, the one that came first.
  private func busiest() -> Int? {
    var counts: [String: Int] = [:]
    for entry in entries { counts[entry.address, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return entries.firstIndex { counts[$0.address] == most }
  }
}

extension Endpoint {
  /// By what connections of one origin are counted: without the port, which each connection has anew.
  var origin: String {
    switch self {
    case .tcp(let host, _): host
    case .unix(let path): path.string
    }
  }
}
