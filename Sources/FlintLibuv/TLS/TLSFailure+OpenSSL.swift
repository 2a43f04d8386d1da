internal import CFlintTLS
internal import COpenSSL

extension TLSFailure {
  /// What ended a call of OpenSSL on `connection`, by its errors on this thread.
  static func current(of connection: OpaquePointer) -> TLSFailure {
    let (reason, words) = takeReason()
    guard reason != SSL_R_CERTIFICATE_VERIFY_FAILED else {
      let result = SSL_get_verify_result(connection)
      return TLSFailure(refusal(ofCertificate: result), words: String(cString: X509_verify_cert_error_string(result)))
    }
    return TLSFailure(refusal(for: reason), words: words)
  }

  /// OpenSSL's last error on this thread in words, for what fails at the start.
  static func currentWords() -> String { takeReason().words }

  private static func takeReason() -> (reason: CInt, words: String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      let reason = flint_tls_take_reason(buffer.baseAddress, buffer.count)
      let text = buffer.baseAddress.map { String(cString: $0) } ?? ""
      // Of "error:0A00010B:SSL routines::wrong version number" only the end says something.
      return (reason, text.split(separator: ":").last.map(String.init) ?? "nothing more is known")
    }
  }

  private static func refusal(for reason: CInt) -> TLSRefusal {
    switch reason {
    case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST, SSL_R_BAD_RECORD_TYPE,
      SSL_R_UNEXPECTED_RECORD, SSL_R_RECORD_LENGTH_MISMATCH, SSL_R_PACKET_LENGTH_TOO_LONG:
      .notTLS
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_NO_PROTOCOLS_AVAILABLE,
      SSL_R_WRONG_SSL_VERSION, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      .wrongVersion
    case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SUITABLE_GROUPS, SSL_R_BAD_CIPHER,
      SSL_R_UNKNOWN_CIPHER_RETURNED, SSL_R_WRONG_CIPHER_RETURNED:
      .nothingInCommon
    // A server without a certificate gets here when the client offers no key that it knows.
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SSL_R_MISSING_PSK_KEX_MODES_EXTENSION: .noSecret
    case SSL_R_BINDER_DOES_NOT_VERIFY, SSL_R_BAD_PSK, SSL_R_DIGEST_CHECK_FAILED, SSL_R_TLSV1_ALERT_DECRYPT_ERROR:
      .wrongSecret
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: .noCertificate
    case SSL_R_EXCESSIVE_MESSAGE_SIZE, SSL_R_LENGTH_TOO_LONG: .handshakeTooLong
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, SSL_R_ENCRYPTED_LENGTH_TOO_LONG, SSL_R_DATA_LENGTH_TOO_LONG:
      .badRecord
    case SSL_R_UNEXPECTED_EOF_WHILE_READING: .cutOff
    // Alerts from the peer have numbers of their own, from a thousand on.
    case 1000...: .refusedByPeer
    default: .protocolViolation
    }
  }

  private static func refusal(ofCertificate result: Int) -> TLSRefusal {
    switch CInt(truncatingIfNeeded: result) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSigned
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
      X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
      X509_V_ERR_CERT_SIGNATURE_FAILURE:
      .unknownAuthority
    case X509_V_ERR_CERT_HAS_EXPIRED: .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
    case X509_V_ERR_INVALID_PURPOSE, X509_V_ERR_INVALID_CA, X509_V_ERR_CERT_REJECTED: .wrongPurpose
    default: .badCertificate
    }
  }
}
