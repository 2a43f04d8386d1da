/// A Swift file in three views of the same shape: what is code, what is comment, what stands inside literals.
package struct SwiftSource: Sendable {
  /// The file's lines as they are.
  package let lines: [String]
  /// The lines with comments and the insides of literals blanked.
  package let codeLines: [String]
  /// The lines with everything but comments blanked.
  package let commentLines: [String]
  /// The lines with everything but the insides of literals blanked.
  package let literalLines: [String]
  /// The code as tokens.
  package let tokens: [Token]

  package init(_ text: String) {
    let bytes = Array(text.utf8)
    let kinds = SwiftScanner.kinds(of: bytes)
    func view(_ wanted: SwiftScanner.Kind) -> [String] {
      let kept = zip(bytes, kinds).map { byte, kind in kind == wanted || byte == 10 ? byte : 32 }
      return Self.lines(of: String(decoding: kept, as: UTF8.self))
    }
    lines = Self.lines(of: text)
    codeLines = view(.code)
    commentLines = view(.comment)
    literalLines = view(.literal)
    tokens = Token.tokens(of: codeLines)
  }

  /// Whether a line, counted from 1, holds a comment and nothing else.
  package func isComment(_ line: Int) -> Bool {
    isBlank(codeLines, line) && !isBlank(commentLines, line)
  }

  /// Whether a line, counted from 1, holds any code.
  package func isCode(_ line: Int) -> Bool {
    !isBlank(codeLines, line)
  }

  /// The names of the modules that the file imports.
  package var imports: Set<String> {
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    var names: Set<String> = []
    for index in tokens.indices where tokens[index].text == "import" && tokens.indices.contains(index + 1) {
      let skips = kinds.contains(tokens[index + 1].text) && tokens.indices.contains(index + 2)
      names.insert(tokens[index + (skips ? 2 : 1)].text)
    }
    return names
  }

  private func isBlank(_ lines: [String], _ line: Int) -> Bool {
    !lines.indices.contains(line - 1) || lines[line - 1].allSatisfy(\.isWhitespace)
  }

  private static func lines(of text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
