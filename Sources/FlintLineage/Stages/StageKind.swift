public import FlintCore

/// What a stage ends in.
public enum StageKind: Hashable, Sendable {
  /// Map outputs for an exchange.
  case shuffleMap(ShuffleID)
  /// The job's result.
  case result
}
