/// Reads a pattern for ``Glob``: first scalars become tokens, then braces are multiplied out, then slashes divide.
struct GlobParser {
  /// A token of a component, or a slash between two.
  private typealias Run = [GlobComponent.Token?]

  private let pattern: String
  private let scalars: [Unicode.Scalar]
  private var position = 0

  /// How many braces are open.
  private var depth = 0

  /// How deep braces may be nested: each level is a call within a call.
  static let depthLimit = 64
  /// How many patterns the braces of one may stand for.
  static let alternativeLimit = 4096

  init(pattern: String) {
    self.pattern = pattern
    scalars = Array(pattern.unicodeScalars)
  }

  mutating func parse() throws(FlintError) -> [GlobPath] {
    guard !scalars.isEmpty else { throw failure("it is empty") }
    var seen: Set<GlobPath> = []
    return try sequence(isInBraces: false).map(Self.path).filter { seen.insert($0).inserted }
  }

  /// All runs that the pattern stands for from here to its end, or to the `,` or `}` of the braces around it.
  private mutating func sequence(isInBraces: Bool) throws(FlintError) -> [Run] {
    var runs: [Run] = [[]]
    while position < scalars.count {
      let scalar = scalars[position]
      if isInBraces, scalar == "," || scalar == "}" { return runs }
      position += 1
      switch scalar {
      case "{": runs = try product(runs, braces(openedAt: position - 1))
      case "}": throw failure("the } at character \(position) closes nothing; write \\} for the character itself")
      case "[": append(try set(openedAt: position - 1), to: &runs)
      case "\\": append(.scalar(try escaped()), to: &runs)
      case "*": append(.anyRun, to: &runs)
      case "?": append(.any, to: &runs)
      case "/": append(nil, to: &runs)
      default: append(.scalar(scalar), to: &runs)
      }
    }
    return runs
  }

  private mutating func braces(openedAt start: Int) throws(FlintError) -> [Run] {
    guard depth < Self.depthLimit else { throw failure("its braces are nested deeper than \(Self.depthLimit) levels") }
    depth += 1
    defer { depth -= 1 }
    var alternatives: [Run] = []
    while true {
      alternatives += try sequence(isInBraces: true)
      guard position < scalars.count else { throw failure("the { at character \(start + 1) is never closed") }
      position += 1
      if scalars[position - 1] == "}" { return alternatives }
    }
  }

  private func product(_ left: [Run], _ right: [Run]) throws(FlintError) -> [Run] {
    guard left.count * right.count <= Self.alternativeLimit else {
      throw failure("its braces stand for more than \(Self.alternativeLimit) patterns")
    }
    return left.flatMap { start in right.map { start + $0 } }
  }

  private func append(_ token: GlobComponent.Token?, to runs: inout [Run]) {
    for index in runs.indices {
      // Two runs of anything match what one does.
      if token == .anyRun, runs[index].last == .some(.some(.anyRun)) { continue }
      runs[index].append(token)
    }
  }

  private mutating func set(openedAt start: Int) throws(FlintError) -> GlobComponent.Token {
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let isNegated = position < scalars.count && (scalars[position] == "^" || scalars[position] == "!")
    if isNegated { position += 1 }
    while position < scalars.count {
      if scalars[position] == "]" {
        position += 1
        guard !ranges.isEmpty else { throw failure("the set at character \(start + 1) is empty") }
        return .set(ranges, isNegated: isNegated)
      }
      let lower = try member()
      var upper = lower
      if position + 1 < scalars.count, scalars[position] == "-", scalars[position + 1] != "]" {
        position += 1
        upper = try member()
      }
      guard lower <= upper else { throw failure("the range \(lower)-\(upper) runs backwards") }
      ranges.append(lower...upper)
    }
    throw failure("the [ at character \(start + 1) is never closed")
  }

  /// One end of a range in a set.
  private mutating func member() throws(FlintError) -> Unicode.Scalar {
    let scalar = scalars[position]
    position += 1
    guard scalar != "/" else { throw failure("a set cannot contain /, which divides the pattern") }
    return scalar == "\\" ? try escaped() : scalar
  }

  private mutating func escaped() throws(FlintError) -> Unicode.Scalar {
    guard position < scalars.count else { throw failure("the \\ at its end stands before nothing") }
    position += 1
    return scalars[position - 1]
  }

  private static func path(_ run: Run) -> GlobPath {
    let components = run.split(separator: nil, omittingEmptySubsequences: true)
    return GlobPath(
      components: components.map { GlobComponent(tokens: $0.compactMap { $0 }) },
      isAbsolute: run.first == .some(nil), matchesDirectoriesOnly: run.last == .some(nil))
  }

  private func failure(_ why: String) -> FlintError {
    FlintError(
      .invalidArgument, "\"\(pattern)\" is not a pattern for paths", why: why,
      remedy: "patterns know *, ?, [a-z], [^a-z], {a,b} and \\ before a character that means itself")
  }
}
