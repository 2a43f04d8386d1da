internal import FlintCore

/// What a driver and its executor tell each other. One call at a time.
enum PipeMessage: Sendable {
  /// Driver, first: the application's seed.
  case hello(HashSeed)
  /// Executor, first: the seed is set, and this is the proof.
  case ready(proof: UInt64)
  /// Driver: what the executor's handler gets.
  case call([UInt8])
  /// Executor: what its handler returned.
  case answer([UInt8])
  /// Executor: what its handler threw.
  case failure(FlintError)
  /// Executor, from within a signal's handler: its code trapped.
  case trapped(TrapReport)
}
