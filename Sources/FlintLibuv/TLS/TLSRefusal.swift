/// Why a secured connection was not made, or broke: what the log gets. The peer learns no more than OpenSSL's alerts say.
public enum TLSRefusal: String, CaseIterable, Hashable, Sendable {
  // What the peer speaks.
  case notTLS = "not-tls"
  case wrongVersion = "wrong-tls-version"
  case nothingInCommon = "nothing-in-common"
  case protocolViolation = "protocol-violation"

  // Shared secrets.
  case noSecret = "no-secret"
  case wrongSecret = "wrong-secret"
  case unknownIdentity = "unknown-identity"

  // Certificates.
  case noCertificate = "no-certificate"
  case selfSigned = "self-signed-certificate"
  case unknownAuthority = "unknown-authority"
  case expired = "expired-certificate"
  case notYetValid = "certificate-not-yet-valid"
  case wrongPurpose = "certificate-for-another-purpose"
  case badCertificate = "bad-certificate"

  // Roles.
  case noRole = "no-role"
  case wrongRole = "wrong-role"

  // Limits.
  case handshakeTooLong = "handshake-too-long"
  case handshakeStalled = "handshake-stalled"
  case tooManyHandshakes = "too-many-handshakes"
  case noMemory = "no-memory"

  // Ends.
  case refusedByPeer = "refused-by-peer"
  case cutOff = "cut-off"
  case badRecord = "bad-record"

  /// The reason as a sentence without a full stop.
  public var sentence: String {
    switch self {
    case .notTLS: "it does not speak TLS"
    case .wrongVersion: "it does not speak TLS 1.3"
    case .nothingInCommon: "it offers no cipher suite or curve that is allowed here"
    case .protocolViolation: "it breaks the rules of TLS"
    case .noSecret: "it does not know that a shared secret is asked for"
    case .wrongSecret: "it has another secret"
    case .unknownIdentity: "its identity names no role"
    case .noCertificate: "it shows no certificate"
    case .selfSigned: "its certificate is signed by itself"
    case .unknownAuthority: "its certificate is from an authority that is not trusted here"
    case .expired: "its certificate has expired"
    case .notYetValid: "its certificate is not yet valid"
    case .wrongPurpose: "its certificate is for another purpose"
    case .badCertificate: "its certificate does not verify"
    case .noRole: "its certificate does not name one role"
    case .wrongRole: "its role has no business here"
    case .handshakeTooLong: "its handshake is longer than allowed"
    case .handshakeStalled: "it did not finish its handshake in time"
    case .tooManyHandshakes: "too many of its address had not finished their handshakes"
    case .noMemory: "this node had no memory for it"
    case .refusedByPeer: "it refused what it was shown"
    case .cutOff: "it ended the connection without saying so"
    case .badRecord: "a record was damaged or forged"
    }
  }

  /// What its operator can do about it, where something can be done.
  var remedy: String? {
    switch self {
    case .notTLS, .wrongVersion, .noSecret: "give both sides the same kind of security"
    case .wrongSecret: "give both sides the same secret"
    case .noCertificate, .selfSigned, .unknownAuthority, .badCertificate, .wrongPurpose:
      "give it a certificate of the cluster's authority"
    case .expired: "renew the certificate"
    case .notYetValid: "compare the clocks of the machines"
    case .noRole, .wrongRole: "give it a certificate for its role"
    case .refusedByPeer: "its log tells why"
    case .nothingInCommon, .protocolViolation, .unknownIdentity, .handshakeTooLong, .handshakeStalled,
      .tooManyHandshakes, .noMemory, .cutOff, .badRecord:
      nil
    }
  }
}
