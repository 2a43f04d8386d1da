/// Which life of which simulated process a job or a timer belongs to. A crash freezes all that its life owns.
struct Owner: Equatable {
  /// The process's number, counted from 0 in order of starting, or -1 for the world outside: scenario, network, disks.
  let process: Int32

  static let world = Owner(process: -1)
}
