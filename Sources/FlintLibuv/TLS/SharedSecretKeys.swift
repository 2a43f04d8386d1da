internal import CFlintTLS
internal import COpenSSL
internal import FlintCore

/// The pre-shared keys of TLS, one a role, all derived from the cluster's secret.
///
/// The client says under which role it uses the secret; its name and the key are bound together, so neither can be
/// exchanged on the way. All keys follow from one secret, so a role is as true as the holders of the secret are honest.
final class SharedSecretKeys: Sendable {
  private static let keyLength = 32
  /// Below this a secret could be guessed from one recorded handshake.
  private static let leastLength = 16

  /// The role in whose name this node dials.
  let ownRole: PeerRole
  /// By raw value of the role; empty where there is no role.
  private let keys: [[UInt8]]

  init(_ secret: Secret, role: PeerRole) throws(FlintError) {
    guard secret.revealed.count >= Self.leastLength else {
      throw FlintError(
        .invalidSetting, "the shared secret has \(secret.revealed.count) bytes",
        why: "it could be guessed; at least \(Self.leastLength) are needed",
        remedy: "make one with: openssl rand -hex 32")
    }
    ownRole = role
    var keys = [[UInt8]](repeating: [], count: Int(PeerRole.allCases.map(\.rawValue).max() ?? 0) + 1)
    for role in PeerRole.allCases {
      keys[Int(role.rawValue)] = try Self.derive(secret, "flint tls 1.3 psk, client \(role)")
    }
    self.keys = keys
  }

  /// The session that OpenSSL takes as a pre-shared key; its caller owns it.
  func makeSession(for role: PeerRole, on connection: OpaquePointer) -> OpaquePointer? {
    let key = keys[Int(role.rawValue)]
    return flint_tls_make_session(connection, key, key.count)
  }

  private static func derive(_ secret: Secret, _ purpose: String) throws(FlintError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: keyLength)
    guard flint_tls_derive(secret.revealed, secret.revealed.count, purpose, &key, key.count) == 1 else {
      throw FlintError(
        .unsupportedPlatform, "OpenSSL cannot derive keys by HKDF", why: TLSFailure.currentWords())
    }
    return key
  }
}
