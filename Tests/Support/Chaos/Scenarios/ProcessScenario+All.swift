extension ProcessScenario {
  /// Every scenario, in the order of the faults that they put upon an application.
  static let all =
    baseline + deaths + userCode + drivers + pauses + files + semantics + resources + links + strangers + shared

  /// Faults that no scenario on real processes tries, because Flint has not the part that they concern, or because only the
  /// simulation can time them. Each with its reason.
  static let absent: [(fault: Int, why: String)] = [
    (30, "names are resolved by standing clusters, which do not exist yet; the simulation takes names away"),
    (43, "stages whose tasks start together have no operator yet"),
  ]
}
