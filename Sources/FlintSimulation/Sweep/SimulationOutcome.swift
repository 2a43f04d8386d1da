/// What came of one seed.
public struct SimulationOutcome: Sendable {
  /// What decided the run.
  public let seed: UInt64
  /// Why the run failed; nil when it did not.
  public let failure: String?
  /// Equal for equal runs.
  public let traceHash: UInt64
  /// Jobs that ran and timers that fired.
  public let eventCount: Int
  /// How much virtual time had passed at its end.
  public let simulatedTime: Duration
  /// How often each rare path was taken.
  public let probes: [String: Int]
  /// What of the scenario can be left out.
  public let parts: [String]
  /// What the scenario has told of itself.
  public let details: [String]
}
