/// Which life of which simulated process a job or a timer belongs to. A crash freezes all that its life owns.
struct Owner: Equatable {
  /// The index of the life in its engine, or -1 for the world outside: scenario, network, disks.
  let index: Int32

  static let world = Owner(index: -1)
}
