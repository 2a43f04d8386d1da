import Tidy

/// A repository of one or a few files, written in the test.
func findings(of rule: some Rule, in files: [String: String]) -> [Finding] {
  rule.findings(in: Repository(files: files)).sorted()
}

/// The lines that a rule finds in one file.
func lines(of rule: some Rule, at path: String, in text: String) -> [Int] {
  findings(of: rule, in: [path: text]).filter { $0.path == path }.map(\.line)
}
