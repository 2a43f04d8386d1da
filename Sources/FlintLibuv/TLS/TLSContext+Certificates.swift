internal import COpenSSL
internal import FlintCore

extension TLSContext {
  /// Reads the files into the context and checks that they belong together.
  func load(_ files: TLSCertificates) throws(FlintError) {
    guard SSL_CTX_load_verify_file(handle, files.authorities.string) == 1 else {
      throw Self.unusable(files.authorities, "authorities' certificates")
    }
    try load(chain: files.chain, key: files.key)
    guard let own = SSL_CTX_get0_certificate(handle), CertificateName(own) != nil else {
      throw FlintError(
        .invalidSetting, "the certificate in \(files.chain) does not say what this node is",
        remedy: "let it have exactly one URI name that begins with flint:, such as flint:executor")
    }
  }

  /// What this end shows.
  func load(chain: FilePath, key path: FilePath) throws(FlintError) {
    let key = try SecretFile.read(path)
    guard SSL_CTX_use_certificate_chain_file(handle, chain.string) == 1 else {
      throw Self.unusable(chain, "a certificate")
    }
    let source = BIO_new_mem_buf(key.revealed, CInt(key.revealed.count))
    defer { BIO_free(source) }
    // Without this function OpenSSL would ask the terminal for a password.
    let parsed = PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in 0 }, nil)
    defer { EVP_PKEY_free(parsed) }
    guard let parsed else { throw Self.unusable(path, "a private key without a password") }
    guard SSL_CTX_use_PrivateKey(handle, parsed) == 1, SSL_CTX_check_private_key(handle) == 1 else {
      throw Self.unusable(path, "the private key of \(chain)")
    }
  }

  private static func unusable(_ path: FilePath, _ expected: String) -> FlintError {
    FlintError(
      .invalidSetting, "\(path) does not hold \(expected)", why: TLSFailure.currentWords(),
      remedy: "give a file in PEM form; Scripts/tls-dev-ca shows how they are made")
  }
}
