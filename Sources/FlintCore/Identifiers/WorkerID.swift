/// A process that starts and watches executors on its node.
public struct WorkerID: Identifier {
  public static let noun = "worker"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
