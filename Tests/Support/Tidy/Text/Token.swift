/// A word or a single sign of Swift code; `try!` and `try?` are words.
package struct Token: Hashable, Sendable {
  package let text: String
  /// Line number, counted from 1.
  package let line: Int
  /// Where it begins in its line, in bytes, counted from 1.
  package let column: Int

  /// The words and signs of `lines`; a word takes the `@` or `#` before it along.
  static func tokens(of lines: [String]) -> [Token] {
    var tokens: [Token] = []
    for (index, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      var start = 0
      while start < bytes.count {
        var end = start + 1
        if isWord(bytes[start]) || (isPrefix(bytes[start]) && end < bytes.count && isWord(bytes[end])) {
          while end < bytes.count, isWord(bytes[end]) { end += 1 }
          if bytes[start..<end].elementsEqual("try".utf8), end < bytes.count, isMark(bytes[end]) { end += 1 }
        }
        if bytes[start] > 32 {
          let text = String(decoding: bytes[start..<end], as: UTF8.self)
          tokens.append(Token(text: text, line: index + 1, column: start + 1))
        }
        start = end
      }
    }
    return tokens
  }

  /// Whether this is a name, a keyword or a number.
  package var isWord: Bool { text.utf8.first.map(Token.isWord) ?? false }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...: true
    default: false
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") }

  private static func isPrefix(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "@") || byte == UInt8(ascii: "#") }
}

extension [Token] {
  /// The index of the sign that closes the bracket at `opening`; nil when none does.
  package func closing(_ opening: Int) -> Int? {
    let partners = ["(": ")", "[": "]", "{": "}"]
    guard let close = partners[self[opening].text] else { return nil }
    var depth = 0
    for index in opening..<count {
      if self[index].text == self[opening].text { depth += 1 }
      if self[index].text == close { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  /// Whether the tokens from `index` on read as `words`.
  package func reads(_ words: [String], at index: Int) -> Bool {
    index >= 0 && index + words.count <= count && words.indices.allSatisfy { self[index + $0].text == words[$0] }
  }
}
