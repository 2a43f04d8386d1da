/// How the tries at an application's tasks ended.
public struct TaskTally: Hashable, Sendable {
  /// With what they were asked for.
  public var succeeded = 0
  /// With a failure.
  public var failed = 0
  /// Since nobody wanted them any more.
  public var killed = 0
  /// How many of all were second tries beside a slow first one.
  public var speculative = 0

  /// None yet.
  public init() {}
}
