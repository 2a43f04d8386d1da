/// Whom a fault strikes.
public enum FaultTarget: Hashable, Sendable {
  /// The driver's process.
  case driver
  /// The executor of this number, in whichever of its lives.
  case executor(Int)
  /// The executor that the fault's event names.
  case namedExecutor
  /// The lowest executor that the fault's event does not name.
  case otherExecutor
  /// Every executor.
  case everyExecutor
  /// Driver and executors.
  case everybody
}
