public import FlintCore

/// How the two ends of a connection know each other, and what protects their bytes.
///
/// There is no case without protection: what is not encrypted stays on this machine, where the kernel tells who is there.
public enum TransportSecurity: Sendable {
  /// Unix sockets of this machine, and nothing else.
  case localSockets
  /// TLS 1.3 from a secret that all nodes share. This node uses it as `role`.
  case sharedSecret(Secret, role: PeerRole)
  /// TLS 1.3 with certificates on both sides.
  case certificates(TLSCertificates)
}
