/// A pattern for paths, as Hadoop and Spark write them.
///
/// `*` matches any characters and `?` one; `[a-z]` one of a set, `[^a-z]` or `[!a-z]` one outside of it; `{a,b}` any of
/// the alternatives, which may be nested; `\` takes the meaning from the next character. Nothing but a `/` of the
/// pattern matches a `/`. A pattern that ends in `/` matches directories only. Characters are Unicode scalars.
///
/// Matching takes at most the length of the pattern times that of the name: no pattern makes it explode.
public struct Glob: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as it was written.
  public let pattern: String
  /// The pattern without braces, once for each choice among their alternatives.
  let alternatives: [GlobPath]

  /// Reads a pattern. Throws `invalid-argument` for an unbalanced bracket or brace, an empty or reversed set, a `\` at
  /// the end, an empty pattern, or one whose braces stand for more than 4,096 patterns or are nested deeper than 64
  /// levels.
  public init(_ pattern: String) throws(FlintError) {
    self.pattern = pattern
    var parser = GlobParser(pattern: pattern)
    alternatives = try parser.parse()
  }

  /// Whether the pattern matches `path`, component by component; `isDirectory` says what stands there.
  public func matches(_ path: FilePath, isDirectory: Bool = false) -> Bool {
    let components = path.components
    return alternatives.contains { alternative in
      alternative.isAbsolute == path.isAbsolute && (isDirectory || !alternative.matchesDirectoriesOnly)
        && alternative.components.count == components.count
        && zip(alternative.components, components).allSatisfy { $0.matches($1) }
    }
  }

  /// The deepest directory in which everything lies that can match: the components before the first wildcard, without
  /// the last one of a pattern that has none; `.` when there are none.
  public var literalPrefix: FilePath {
    let prefixes = alternatives.map(\.literalPrefix)
    let shared = prefixes.dropFirst().reduce(prefixes[0]) { shared, other in
      zip(shared, other).prefix { $0 == $1 }.map(\.0)
    }
    let isAbsolute = alternatives.allSatisfy(\.isAbsolute)
    return shared.isEmpty ? (isAbsolute ? "/" : ".") : FilePath((isAbsolute ? "/" : "") + shared.joined(separator: "/"))
  }

  /// The pattern as it was written.
  public var description: String { pattern }
}
