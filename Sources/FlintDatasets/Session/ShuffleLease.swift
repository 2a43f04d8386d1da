internal import FlintCore

/// Lives as long as somebody can ask for an exchange; then its map outputs are let go. The exchange's operation holds it.
final class ShuffleLease: Sendable {
  private let shuffle: ShuffleID
  private let runtime: any ApplicationRuntime

  init(_ shuffle: ShuffleID, _ runtime: any ApplicationRuntime) {
    self.shuffle = shuffle
    self.runtime = runtime
  }

  deinit { runtime.release(shuffle) }
}
