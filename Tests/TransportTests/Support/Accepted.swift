import Synchronization

/// The peer that a listener has accepted last.
final class Accepted: Sendable {
  private let state = Mutex<RawPeer?>(nil)

  var peer: RawPeer? { state.withLock { $0 } }

  /// Keeps and starts `peer`; call it on its loop.
  func take(_ peer: RawPeer) {
    peer.assumeIsolated { $0.start() }
    state.withLock { $0 = peer }
  }
}
