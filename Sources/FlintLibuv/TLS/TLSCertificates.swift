public import FlintCore

/// The files by which a node shows who it is, in PEM form.
///
/// A certificate names its node's role as its one URI name that begins with `flint:`, such as `flint:executor`.
public struct TLSCertificates: Hashable, Sendable {
  /// The node's certificate, and those of authorities between it and the cluster's.
  public let chain: FilePath
  /// Its private key, in a file of this user that nobody else may read.
  public let key: FilePath
  /// The cluster's authorities. Peers must have certificates of these; those that the system trusts mean nothing.
  public let authorities: FilePath

  /// Certificates in these files.
  public init(chain: FilePath, key: FilePath, authorities: FilePath) {
    self.chain = chain
    self.key = key
    self.authorities = authorities
  }
}
