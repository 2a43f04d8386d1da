public import FlintCore
public import FlintWire

/// Whom a node lets in. It starts closed: without a setting only those who proved that they belong to the cluster.
public struct Admission: Hashable, Sendable {
  /// Users of this machine whose processes are believed over Unix sockets, in every role.
  public var localUsers: [UInt32]
  /// Whether peers of whom nothing is known are believed. For tests and benchmarks, never for a port that others reach.
  public var believesStrangers: Bool

  /// Lets in whoever proved to belong to the cluster, and processes of `localUsers`.
  public init(localUsers: [UInt32] = [], believesStrangers: Bool = false) {
    self.localUsers = localUsers
    self.believesStrangers = believesStrangers
  }

  /// Why a peer of this identity is not even listened to; nil when it is.
  public func refusal(of identity: PeerIdentity) -> CloseReason? {
    switch identity {
    case .unknown: believesStrangers ? nil : .unidentified(identity)
    case .localUser(let user): localUsers.contains(user) || believesStrangers ? nil : .unidentified(identity)
    case .sharedSecret, .certificate: nil
    }
  }

  /// Why a peer that says `peer` of itself is not let in by `local`; nil when it is.
  public func refusal(of peer: Introduction, _ identity: PeerIdentity, by local: Introduction) -> CloseReason? {
    if peer.cluster != local.cluster { return .wrongCluster(peer.cluster) }
    switch identity {
    case .sharedSecret(let role?), .certificate(let role, _):
      if role != peer.role { return .unprovedRole(claimed: peer.role, proved: role) }
    case .unknown, .localUser, .sharedSecret(nil): break
    }
    if (peer.role == .executor) != (peer.executor != nil) { return .wrongExecutor }
    switch (local.role, peer.role) {
    // Code travels between these two as places in their program.
    case (.driver, .executor), (.executor, .driver):
      if peer.build != local.build { return .differentBuild }
    default: break
    }
    return nil
  }
}
