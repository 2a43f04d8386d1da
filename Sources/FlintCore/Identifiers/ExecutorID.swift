/// A place for a process that runs tasks of one application. The processes that fill it, one after another, are its
/// ExecutorIncarnations.
public struct ExecutorID: Identifier {
  public static let noun = "executor"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
