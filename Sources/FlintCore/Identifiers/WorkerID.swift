/// A process that starts and watches executors on its node.
public struct WorkerID: Identifier {
  /// What logs and errors call it.
  public static let noun = "worker"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
