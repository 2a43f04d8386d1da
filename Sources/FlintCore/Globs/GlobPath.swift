/// A pattern without braces, taken apart at its slashes.
struct GlobPath: Hashable, Sendable {
  let components: [GlobComponent]
  let isAbsolute: Bool
  /// Whether the pattern ended in a slash.
  let matchesDirectoriesOnly: Bool

  /// The literal components at the start, without the last component.
  var literalPrefix: [String] {
    Array(components.dropLast().prefix { $0.literal != nil }.compactMap(\.literal))
  }
}
