/// A fault, and when it strikes. It strikes once.
public struct PlannedFault: Hashable, Sendable {
  /// What is done.
  public let fault: Fault
  /// When.
  public let trigger: Trigger

  /// `fault` at `trigger`.
  public init(_ fault: Fault, _ trigger: Trigger) {
    self.fault = fault
    self.trigger = trigger
  }
}

extension PlannedFault: CustomStringConvertible {
  /// Such as `kill(namedExecutor) after taskStarted stage=0`.
  public var description: String { "\(fault) after \(trigger)" }
}
