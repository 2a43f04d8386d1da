/// What a second computation of a partition may give, compared with the first.
///
/// It decides what may be trusted after a loss: rows of an indeterminate node that were computed again do not belong with
/// those that others have read already.
public enum Determinacy: Int, Hashable, Comparable, Sendable, CaseIterable {
  /// The same rows in the same order.
  case determinate
  /// The same rows, perhaps in another order.
  case unordered
  /// Perhaps other rows.
  case indeterminate

  /// From the surest to the least sure.
  public static func < (left: Determinacy, right: Determinacy) -> Bool { left.rawValue < right.rawValue }
}

/// What an operation does to the determinacy of its input.
public enum DeterminacyEffect: Hashable, Sendable, CaseIterable {
  /// Row by row: the output is as sure as the input. `map`, `filter`, `union`.
  case preserving
  /// What comes out depends on the order of what goes in, as with `zipWithIndex` or a sample by position: an unordered
  /// input makes it indeterminate.
  case orderSensitive
  /// Sorts by all that it gives out, or aggregates to one row whatever the order: an unordered input is determinate again.
  case ordering
  /// Asks the clock, the network or chance: indeterminate whatever the input.
  case arbitrary
  /// Reads what was written down for good, as a checkpoint is: determinate whatever the input was.
  case settling

  /// The determinacy of the output for an input of this one.
  public func applied(to input: Determinacy) -> Determinacy {
    switch (self, input) {
    case (.preserving, let same): same
    case (.orderSensitive, .unordered): .indeterminate
    case (.orderSensitive, let same): same
    case (.ordering, .unordered): .determinate
    case (.ordering, let same): same
    case (.arbitrary, _): .indeterminate
    case (.settling, _): .determinate
    }
  }
}
