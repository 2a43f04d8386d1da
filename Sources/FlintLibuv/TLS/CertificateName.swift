internal import CFlintTLS
internal import COpenSSL
internal import FlintCore

/// What a certificate says of its owner.
struct CertificateName {
  /// Longer names are not read.
  private static let longest = 256

  /// The one role that it names.
  let role: PeerRole
  /// Its common name; empty without one.
  let name: String

  /// Nil when `certificate` does not name exactly one known role.
  init?(_ certificate: OpaquePointer) {
    let claims = CertificateName.uris(of: certificate).filter(PeerRole.isClaimed)
    guard claims.count == 1, let role = PeerRole(tlsName: claims[0]) else { return nil }
    self.role = role
    name =
      CertificateName.text { buffer, capacity in
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, buffer, CInt(capacity))
      } ?? ""
  }

  private static func uris(of certificate: OpaquePointer) -> [String] {
    var uris: [String] = []
    // A handful is plenty; a certificate with thousands must not keep the loop busy.
    while uris.count < 16, let uri = text({ flint_tls_copy_uri(certificate, CInt(uris.count), $0, $1) }) {
      uris.append(uri)
    }
    return uris
  }

  /// The text that `copy` writes and whose length it answers; nil when that is below zero.
  private static func text(_ copy: (UnsafeMutablePointer<CChar>?, Int) -> CInt) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: longest) { buffer in
      let length = Int(copy(buffer.baseAddress, buffer.count))
      guard length >= 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer).prefix(length), as: UTF8.self)
    }
  }
}
