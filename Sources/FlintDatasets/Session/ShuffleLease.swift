package import FlintCore

/// Lives as long as somebody can ask for an exchange; then its map outputs are let go. The exchange's operation holds it.
package final class ShuffleLease: Sendable {
  private let shuffle: ShuffleID
  private let runtime: any ApplicationRuntime

  package init(_ shuffle: ShuffleID, _ runtime: any ApplicationRuntime) {
    self.shuffle = shuffle
    self.runtime = runtime
  }

  deinit { runtime.release(shuffle) }
}
