/// One life of a simulated process, as engine and network see it: who it is, whether its code may run, and the loop on
/// which it is called back.
final class Life {
  enum State { case running, paused, dead }

  let name: String
  let owner: Owner
  var state = State.running
  /// The most streams that it had at once.
  var mostStreams = 0
  /// The process's control loop. Weak, as the loop's executor holds the engine.
  private(set) weak var control: (any JobRunner)?

  init(name: String, owner: Owner) {
    self.name = name
    self.owner = owner
  }

  func setControl(_ control: any JobRunner) { self.control = control }
}
