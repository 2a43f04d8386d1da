/// What a ``Network`` knows for certain of the process at a stream's other end, before it has handed over one byte.
///
/// It is proved by the system or by cryptography. What the peer says of itself comes later, and must agree with it.
public enum PeerIdentity: Hashable, Sendable, CustomStringConvertible {
  /// Nothing: anybody could be there.
  case unknown
  /// A process of this machine that runs as this user, by the word of the kernel.
  case localUser(UInt32)
  /// Somebody who holds the cluster's secret. The role is the one that the secret was used for; nil when it says nothing
  /// about roles.
  case sharedSecret(role: PeerRole?)
  /// Somebody with a certificate of the cluster's authority, for this role and name.
  case certificate(role: PeerRole, name: String)

  /// What is known, in words.
  public var description: String {
    switch self {
    case .unknown: "a peer of unknown identity"
    case .localUser(let user): "a process of user \(user)"
    case .sharedSecret(let role?): "a holder of the secret as \(role)"
    case .sharedSecret(nil): "a holder of the secret"
    case .certificate(let role, let name): "the \(role) \(name.visible), by certificate"
    }
  }
}
