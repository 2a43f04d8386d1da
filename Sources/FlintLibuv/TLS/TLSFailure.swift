internal import FlintCore

/// A ``TLSRefusal`` with what OpenSSL said of it.
struct TLSFailure: Error, Hashable, Sendable {
  let refusal: TLSRefusal
  /// OpenSSL's words; nil when the refusal is ours.
  let words: String?

  init(_ refusal: TLSRefusal, words: String? = nil) {
    self.refusal = refusal
    self.words = words
  }

  /// The failure of a handshake with `peer`.
  func handshakeError(with peer: Endpoint) -> FlintError {
    switch refusal {
    case .handshakeStalled:
      FlintError(.deadlineExceeded, "\(peer) did not authenticate itself in time", why: why)
    default:
      FlintError(.unauthenticated, "no secured connection with \(peer)", why: why, remedy: refusal.remedy)
    }
  }

  /// The failure of a connection that was open.
  func connectionError(with peer: Endpoint) -> FlintError {
    switch refusal {
    // What the other side refuses it says only after this side believes that all is well.
    case .refusedByPeer: handshakeError(with: peer)
    default: FlintError(.connectionLost, "the connection to \(peer) broke", why: why, remedy: refusal.remedy)
    }
  }

  private var why: String { words.map { "\(refusal.sentence) (\($0))" } ?? refusal.sentence }
}
