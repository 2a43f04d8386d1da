internal import CFlintTLS
internal import COpenSSL
internal import FlintCore

/// What all secured connections of a node have in common: protocol, keys, authorities. Made once, never changed.
// @unchecked Sendable is safe: the properties are constants, and OpenSSL allows to make connections from one context on
// any thread as long as nobody changes the context, which after `init` nobody does.
final class TLSContext: @unchecked Sendable {
  /// How peers show who they are.
  enum Proof {
    case certificates
    case sharedSecret(SharedSecretKeys)
    /// They do not: this end alone shows a certificate, and what is above TLS asks for a token.
    case nothing
  }

  /// OpenSSL's object.
  let handle: OpaquePointer
  let proof: Proof
  /// Bytes of a handshake that are taken from a peer.
  let handshakeLength: Int

  /// Nodes with certificates of `files`. Throws `invalid-setting`, or what reading the key throws.
  init(_ files: TLSCertificates, limits: Limits) throws(FlintError) {
    handle = try TLSContext.makeHandle()
    proof = .certificates
    handshakeLength = Int(limits.certificateHandshakeLength.bytes)
    flint_tls_demand_certificates(handle, handshakeLength)
    try load(files)
  }

  /// Nodes that share a secret.
  init(_ keys: SharedSecretKeys, limits: Limits) throws(FlintError) {
    handle = try TLSContext.makeHandle()
    proof = .sharedSecret(keys)
    handshakeLength = Int(limits.handshakeLength.bytes)
    keys.install(in: handle)
    // No authority is trusted, so a server that shows a certificate instead of the secret gets no further. Clients are
    // not asked for certificates.
    SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
  }

  /// A server whose clients are browsers.
  init(_ certificate: HTTPCertificate, limits: Limits) throws(FlintError) {
    handle = try TLSContext.makeHandle()
    proof = .nothing
    handshakeLength = Int(limits.handshakeLength.bytes)
    try load(chain: certificate.chain, key: certificate.key)
  }

  deinit {
    SSL_CTX_free(handle)
  }

  private static func makeHandle() throws(FlintError) -> OpaquePointer {
    guard let handle = SSL_CTX_new(TLS_method()) else {
      throw FlintError(.resourceExhausted, "OpenSSL cannot make a context", why: TLSFailure.currentWords())
    }
    guard flint_tls_configure(handle) == 1 else {
      SSL_CTX_free(handle)
      throw FlintError(
        .unsupportedPlatform, "OpenSSL cannot speak TLS 1.3 with AES-128-GCM", why: TLSFailure.currentWords())
    }
    return handle
  }
}
