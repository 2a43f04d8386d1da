/// A place for a process that runs tasks of one application. The processes that fill it, one after another, are its
/// ExecutorIncarnations.
public struct ExecutorID: Identifier {
  /// What logs and errors call it.
  public static let noun = "executor"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
