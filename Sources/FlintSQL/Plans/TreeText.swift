/// A tree as lines of text, each part below the one it belongs to.
enum TreeText {
  /// The line of a node above those of its parts.
  static func lines(_ head: String, _ parts: [[String]]) -> [String] {
    var lines = [head]
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      for (number, line) in part.enumerated() {
        lines.append((number == 0 ? (isLast ? "+- " : ":- ") : (isLast ? "   " : ":  ")) + line)
      }
    }
    return lines
  }
}
