/// What is computed over vectors: each function takes vectors and returns a new one.
///
/// Null in, null out, unless a function says otherwise. Functions compute all values of a vector, also those under null and
/// those that no selection names, and ask only when something went wrong whether it was a value that counts. So pass the
/// rows that count where a function asks for them.
public struct Kernels: Sendable {
  /// Where results lie.
  public let memory: ColumnMemory
  /// What happens where there is no right result.
  public let rules: ComputationRules
  /// The time zone of the session, in which timestamps have dates and hours.
  public let zone: ZoneRules

  /// Kernels that compute by `rules` in `zone`.
  public init(_ memory: ColumnMemory, rules: ComputationRules = .ansi, zone: ZoneRules = .utc) {
    self.memory = memory
    self.rules = rules
    self.zone = zone
  }
}
