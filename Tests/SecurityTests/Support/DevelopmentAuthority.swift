import FlintCore
import FlintLibuv
import FlintSystem

/// A certificate authority that `Scripts/tls-dev-ca` made, in the folder of a test.
struct DevelopmentAuthority: Sendable {
  let folder: FilePath

  /// Makes the authority, and certificates for `nodes`, each `role` or `role:name`.
  init(in folder: FilePath, for nodes: [String], days: Int = 30) async throws {
    self.folder = folder
    try await issue(nodes, days: days)
  }

  /// Makes more certificates of this authority.
  func issue(_ nodes: [String], days: Int = 30) async throws {
    let script = FilePath(#filePath).parent.parent.parent.parent / "Scripts" / "tls-dev-ca"
    let run = try await OutsideProgram.run(script.string, ["--days", "\(days)", folder.string] + nodes)
    guard run.exit.isSuccess else { throw FlintError(.processLaunchFailed, "tls-dev-ca failed", why: run.errorOutput) }
  }

  var authorities: FilePath { folder / "ca.pem" }

  /// The files of the node `name`; with the authority of somebody else on request.
  func certificates(_ name: String, trusting authorities: FilePath? = nil) -> TLSCertificates {
    TLSCertificates(
      chain: folder / "\(name).pem", key: folder / "\(name).key", authorities: authorities ?? self.authorities)
  }

  /// A certificate that names a role and that nobody has signed but its own key.
  static func selfSigned(in folder: FilePath, trusting authorities: FilePath) async throws -> TLSCertificates {
    let (chain, key) = (folder / "self.pem", folder / "self.key")
    try await OutsideProgram.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key.string,
        "-out", chain.string, "-days", "1", "-subj", "/CN=self", "-addext", "subjectAltName=URI:flint:executor",
      ])
    return TLSCertificates(chain: chain, key: key, authorities: authorities)
  }
}
