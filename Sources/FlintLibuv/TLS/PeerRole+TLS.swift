internal import FlintCore

extension PeerRole {
  /// As the identities of shared secrets and the names of certificates write it. Static, since OpenSSL reads it by its
  /// address.
  var staticTLSName: StaticString {
    switch self {
    case .master: "flint:master"
    case .worker: "flint:worker"
    case .driver: "flint:driver"
    case .executor: "flint:executor"
    case .submitter: "flint:submitter"
    case .observer: "flint:observer"
    }
  }

  /// The same as text.
  var tlsName: String { staticTLSName.description }

  /// The role that a name of a certificate means; nil when it means none.
  init?(tlsName: String) {
    guard let role = PeerRole.allCases.first(where: { $0.tlsName == tlsName }) else { return nil }
    self = role
  }

  /// Whether `name` claims to be a role, known or not.
  static func isClaimed(by name: String) -> Bool { name.hasPrefix("flint:") }
}
