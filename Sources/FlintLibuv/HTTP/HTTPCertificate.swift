public import FlintCore

/// The files that show browsers who a server is, in PEM form.
public struct HTTPCertificate: Hashable, Sendable {
  /// The certificate, and those of authorities between it and one that browsers trust.
  public let chain: FilePath
  /// Its private key, in a file of this user that nobody else may read.
  public let key: FilePath

  /// A certificate in these files.
  public init(chain: FilePath, key: FilePath) {
    self.chain = chain
    self.key = key
  }
}
