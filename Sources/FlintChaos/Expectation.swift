public import FlintCore

/// What must come of a scenario, beside what must hold after every run.
public struct Expectation: Sendable {
  /// How the job ends.
  public enum End: Sendable {
    /// With the reference's answer.
    case answer
    /// With an error of this code, whose text holds all of `words`.
    case failure(FlintError.Code, words: [String])
    /// Not at all: its driver is gone.
    case none
  }

  /// How the job ends.
  public let end: End
  /// Events that the log must have, as often as their ``Trigger/count`` says or more.
  public let events: [Trigger]
  /// Events that the log must not have; their count says how many are too many.
  public let absentEvents: [Trigger]

  /// An expectation.
  public init(_ end: End, events: [Trigger] = [], without absentEvents: [Trigger] = []) {
    self.end = end
    self.events = events
    self.absentEvents = absentEvents
  }

  /// The right answer, whatever else happens.
  public static let answer = Expectation(.answer)

  /// The right answer, with these events and without those.
  public static func answer(seeing events: Trigger..., without absent: [Trigger] = []) -> Expectation {
    Expectation(.answer, events: events, without: absent)
  }

  /// An error of this code that says `words`.
  public static func failure(_ code: FlintError.Code, saying words: String..., seeing events: [Trigger] = [])
    -> Expectation
  {
    Expectation(.failure(code, words: words), events: events)
  }

  /// No answer and no output: the driver dies.
  public static let silence = Expectation(.none)
}
