/// Advice to the joins of some rows. Of two, the larger one counts.
enum JoinHint: Int, Comparable, CaseIterable, Sendable {
  case hash
  case merge
  case broadcast

  /// The advice by one of its names.
  init?(_ name: String) {
    guard let hint = Self.allCases.first(where: { $0.names.contains(name.lowercased()) }) else { return nil }
    self = hint
  }

  static func < (left: JoinHint, right: JoinHint) -> Bool { left.rawValue < right.rawValue }

  /// In lower case.
  var names: [String] {
    switch self {
    case .hash: ["shuffle_hash"]
    case .merge: ["merge", "mergejoin", "shuffle_merge"]
    case .broadcast: ["broadcast", "broadcastjoin", "mapjoin"]
    }
  }

  /// What it says to a join that has the rows on this side.
  func advice(_ side: Join.Side) -> Join.Advice {
    switch self {
    case .hash: .hash
    case .merge: .merge
    case .broadcast: .broadcast(side)
    }
  }
}

extension Query {
  /// The advice that it brings to a join, under a name or none.
  var joinHint: JoinHint? {
    switch node {
    case .hinted(let source, let hint): max(hint, source.joinHint ?? hint)
    case .alias(let source, _, _): source.joinHint
    default: nil
    }
  }
}
