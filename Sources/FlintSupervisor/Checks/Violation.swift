/// An invariant that does not hold after a run.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
  /// The promises that hold after every run, whatever was done to it.
  public enum Invariant: String, CaseIterable, Hashable, Sendable {
    /// The answer is that of one computation, or the job has failed with a typed error.
    case answer = "I1 answer"
    /// A partition of an output is committed once; an output is there as a whole or not at all.
    case oneCommit = "I2 one commit"
    /// A life of an executor that was lost changes nothing any more.
    case fence = "I3 fence"
    /// Every job ends.
    case ends = "I4 ends"
    /// Nothing is tried without end, and nothing computed again that was not lost.
    case noStorm = "I5 no storm"
    /// No process, file or descriptor is left.
    case clean = "I7 clean"
    /// Memory stays under its limit.
    case bounded = "I8 bounded"
    /// The error and the event log name what went wrong.
    case told = "I13 told"
  }

  /// Which one.
  public let invariant: Invariant
  /// What was found.
  public let what: String

  /// A violation of `invariant`.
  public init(_ invariant: Invariant, _ what: String) {
    self.invariant = invariant
    self.what = what
  }

  /// Both, in a line.
  public var description: String { "\(invariant.rawValue): \(what)" }
}
