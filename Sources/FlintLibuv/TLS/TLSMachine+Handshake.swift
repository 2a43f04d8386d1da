internal import CFlintTLS
internal import COpenSSL
internal import FlintCore

extension TLSMachine {
  /// Goes on with the handshake as far as the peer's bytes reach.
  mutating func handshake(_ output: (UnsafeRawBufferPointer) -> Void) -> Received {
    lendSideOutput()
    defer { flush(output) }
    while true {
      let before = window.pointee.input_count
      ERR_clear_error()
      let result = SSL_do_handshake(connection)
      handshakeBytes += before - window.pointee.input_count
      // Also when it has just succeeded: the length is what one may take, not what one may hold.
      guard handshakeBytes <= context.handshakeLength else { return refuse(TLSFailure(.handshakeTooLong)) }
      if result == 1 { return identify() }
      switch SSL_get_error(connection, result) {
      case SSL_ERROR_WANT_READ: return Received()
      case SSL_ERROR_WANT_WRITE: flush(output)
      default: return refuse(failureOfHandshake())
      }
    }
  }

  private mutating func failureOfHandshake() -> TLSFailure {
    let failure = fail()
    switch (failure.refusal, context.proof) {
    case (.noSecret, .sharedSecret) where SharedSecretKeys.sawUnknownIdentity(connection):
      return TLSFailure(.unknownIdentity, words: failure.words)
    // A server that has certificates and no client that can use one.
    case (.noSecret, .certificates): return TLSFailure(.nothingInCommon, words: failure.words)
    // A client that trusts no authority was shown a certificate instead of the secret.
    case (.selfSigned, .sharedSecret), (.unknownAuthority, .sharedSecret):
      return TLSFailure(.noSecret, words: failure.words)
    default: return failure
    }
  }

  /// The peer has proved who it is; whether that is somebody for this node.
  private mutating func identify() -> Received {
    switch identity() {
    case .success(let peer):
      isOpen = true
      return Received(opened: peer)
    case .failure(let failure): return refuse(failure)
    }
  }

  private func identity() -> Result<PeerIdentity, TLSFailure> {
    switch context.proof {
    case .sharedSecret:
      // Without this a handshake without any proof would pass, should OpenSSL ever offer one.
      guard SSL_session_reused(connection) == 1 else { return .failure(TLSFailure(.noSecret)) }
      guard side == .server else { return .success(.sharedSecret(role: nil)) }
      guard let role = SharedSecretKeys.clientRole(of: connection) else {
        return .failure(TLSFailure(.unknownIdentity))
      }
      guard acceptedRoles.contains(role) else { return .failure(TLSFailure(.wrongRole, words: role.tlsName)) }
      return .success(.sharedSecret(role: role))
    case .nothing: return .success(.unknown)
    case .certificates:
      guard let certificate = SSL_get1_peer_certificate(connection) else { return .failure(TLSFailure(.noCertificate)) }
      defer { X509_free(certificate) }
      guard let name = CertificateName(certificate) else { return .failure(TLSFailure(.noRole)) }
      guard acceptedRoles.contains(name.role) else {
        return .failure(TLSFailure(.wrongRole, words: "\(name.role.tlsName) of \(name.name)"))
      }
      return .success(.certificate(role: name.role, name: name.name))
    }
  }

  /// Ends a handshake that may have succeeded for OpenSSL.
  private mutating func refuse(_ failure: TLSFailure) -> Received {
    hasFailed = true
    return Received(end: .failed(failure))
  }
}
