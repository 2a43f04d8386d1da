/// The pattern for one name, between two slashes.
struct GlobComponent: Hashable, Sendable {
  /// What stands for a part of a name.
  enum Token: Hashable, Sendable {
    case scalar(Unicode.Scalar)
    /// Any one scalar.
    case any
    /// Any number of scalars, also none.
    case anyRun
    /// One scalar in one of the ranges, or, when negated, in none of them.
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  let tokens: [Token]

  /// The only name that matches, when there are no wildcards.
  var literal: String? {
    var literal = ""
    for token in tokens {
      guard case .scalar(let scalar) = token else { return nil }
      literal.unicodeScalars.append(scalar)
    }
    return literal
  }

  /// Whether the pattern asks for hidden names: its first character is the `.` or `_` that hides them.
  var namesHidden: Bool {
    switch tokens.first {
    case .scalar(let scalar): scalar == "." || scalar == "_"
    case .any, .anyRun, .set, nil: false
    }
  }

  func matches(_ name: some StringProtocol) -> Bool {
    let name = Array(name.unicodeScalars)
    var position = 0
    var token = 0
    // Where to go on when the tokens after the last run do not fit: the run takes one scalar more. Earlier runs never
    // have to be tried again, because the last one can take whatever they could.
    var retry: (token: Int, position: Int)?
    while position < name.count {
      if token < tokens.count, tokens[token] == .anyRun {
        token += 1
        retry = (token, position)
      } else if token < tokens.count, tokens[token].matches(name[position]) {
        token += 1
        position += 1
      } else if let last = retry {
        token = last.token
        position = last.position + 1
        retry = (token, position)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .anyRun }
  }
}

extension GlobComponent.Token {
  /// Whether this token can stand for `scalar` alone.
  fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .scalar(let wanted): wanted == scalar
    case .any, .anyRun: true
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
