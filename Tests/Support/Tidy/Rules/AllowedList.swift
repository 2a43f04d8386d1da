/// A list of exceptions: one `key number` a line, `#` begins a comment.
struct AllowedList {
  /// One exception and the line where it stands.
  struct Entry {
    let key: String
    let number: Int
    let line: Int
  }

  let entries: [Entry]

  init(_ text: String) {
    entries = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
      let words = line.prefix { $0 != "#" }.split(separator: " ")
      guard let last = words.last, let number = Int(last), words.count > 1 else { return nil }
      return Entry(key: words.dropLast().joined(separator: " "), number: number, line: index + 1)
    }
  }

  func number(for key: String) -> Int? {
    entries.first { $0.key == key }?.number
  }
}
