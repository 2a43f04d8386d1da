import FlintChaos

/// A scenario's fault, and how far it is.
struct ArmedFault {
  enum State {
    /// Its event has not come.
    case waiting
    /// It is done to the first whom it meets, and has met nobody yet.
    case lurking
    /// It came, and nobody was there to whom it could be done.
    case missed
    case struck
  }

  let planned: PlannedFault
  var state = State.waiting
  /// How many events have fitted.
  var fittingEvents = 0
}
