/// One thing that a rule does not allow, at the place where it stands.
package struct Finding: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file, relative to the repository's root.
  package let path: String
  /// Line number, counted from 1.
  package let line: Int
  /// The name of the rule.
  package let rule: String
  /// What is wrong and what to do instead.
  package let message: String

  package init(_ path: String, _ line: Int, _ rule: String, _ message: String) {
    self.path = path
    self.line = line
    self.rule = rule
    self.message = message
  }

  package static func < (left: Finding, right: Finding) -> Bool {
    (left.path, left.line, left.rule, left.message) < (right.path, right.line, right.rule, right.message)
  }

  package var description: String { "\(path):\(line): [\(rule)] \(message)" }
}
