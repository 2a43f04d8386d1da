extension ProcessScenario {
  /// Every scenario, in the order of the faults that they put upon an application.
  static let all = baseline + deaths + userCode + drivers + pauses + files + resources + links + strangers

  /// Faults that no scenario on real processes tries, because Flint has not the part that they concern, or because only the
  /// simulation can time them. Each with its reason.
  static let absent: [(fault: Int, why: String)] = [
    (17, "a denied copy is a matter of the order of events: simulated only"),
    (27, "every order of late messages is a matter of the simulation; `message-twice` is its smoke on real sockets"),
    (30, "names are resolved by standing clusters, which do not exist yet"),
    (39, "real kills around an indeterminate stage come with the operators that are indeterminate by declaration"),
    (40, "orders of late statuses are simulated; `zombie` is its real side"),
    (42, "decommissioning is a matter of standing clusters, which do not exist yet"),
    (43, "stages whose tasks start together have no operator yet"),
  ]
}
