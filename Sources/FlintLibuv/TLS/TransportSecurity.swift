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

  /// TLS 1.3 from the secret in `file`, without white space at its end.
  ///
  /// It reads the file at once, so call it at a node's start. Throws `permission-denied` when the file belongs to somebody
  /// else, others may read it, or its path ends in a symbolic link.
  public static func sharedSecret(in file: FilePath, role: PeerRole) throws(FlintError) -> TransportSecurity {
    let bytes = try SecretFile.read(file).revealed
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
    return .sharedSecret(Secret(Array(bytes[..<end])), role: role)
  }
}
