internal import FlintCore

/// A regular expression as a query writes it. It is compiled where it is used.
struct RegularExpression: Hashable, Sendable {
  /// A part of what stands in the place of a match.
  enum Part: Equatable {
    case text(String)
    /// What the group with this number has matched.
    case group(Int)
  }

  let pattern: String

  init(_ pattern: String) {
    self.pattern = pattern
  }

  /// The compiled form, which looks at the scalars of texts. Throws `invalid-argument` for what is none.
  func regex() throws(FlintError) -> Regex<AnyRegexOutput> {
    do { return try Regex(pattern).matchingSemantics(.unicodeScalar) } catch {
      throw FlintError(.invalidArgument, "'\(pattern)' is no regular expression", why: "\(error)")
    }
  }

  /// How many groups it has.
  func groupCount() throws(FlintError) -> Int {
    // Without a match nobody tells; a pattern that may be empty always has one.
    let optional = RegularExpression("(?:\(pattern))?")
    return ("".firstMatch(of: try optional.regex())?.output.count ?? 1) - 1
  }

  /// A replacement, in which `$1` stands for a group and a backslash takes the meaning from what follows.
  static func parts(ofReplacement text: String) -> [Part] {
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(text)
    while let first = rest.popFirst() {
      if first == "\\", let next = rest.popFirst() {
        literal.append(next)
      } else if first == "$", let digit = rest.first?.wholeNumberValue {
        rest.removeFirst()
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = ""
        parts.append(.group(digit))
      } else {
        literal.append(first)
      }
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    return parts
  }
}
