/// A law of the house that can be read off the repository's files.
package protocol Rule: Sendable {
  /// What breaks the law, in no particular order; empty when nothing does.
  func findings(in repository: Repository) -> [Finding]
}
