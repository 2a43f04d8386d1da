/// A block of Swift code in a document or in a documentation comment.
package struct CodeBlock: Sendable {
  /// The file that holds it.
  package let path: String
  /// The line of its first line of code.
  package let line: Int
  package let code: String

  private static let info = "swift"

  /// Every block that must compile: fenced with `swift`. One fenced with `swift-sketch` shows what does not exist yet.
  package static func blocks(in repository: Repository) -> [CodeBlock] {
    let documents = repository.documents.flatMap { path, text in blocks(in: text, of: path) }
    let comments = repository.swiftFiles(under: ["Sources/", "Jobs/"]).flatMap { path, source in
      let text = source.commentLines.enumerated().map { index, line in
        source.isComment(index + 1) ? documentation(line) : ""
      }
      return blocks(in: text.joined(separator: "\n"), of: path)
    }
    return documents + comments
  }

  private static func blocks(in text: String, of path: String) -> [CodeBlock] {
    MarkdownDocument(text).blocks.filter { $0.info == info }.map {
      CodeBlock(path: path, line: $0.firstLine, code: $0.lines.joined(separator: "\n"))
    }
  }

  /// The text of a documentation comment's line; empty for any other line.
  private static func documentation(_ line: String) -> String {
    let comment = line.drop { $0 == " " }
    guard comment.hasPrefix("///") else { return "" }
    let text = comment.dropFirst(3)
    return String(text.hasPrefix(" ") ? text.dropFirst() : text)
  }

  /// Whether the block is a whole file: it has declarations that a function cannot hold.
  var isWholeFile: Bool {
    SwiftSource(code).codeLines.contains { line in
      ["import ", "extension ", "@main", "public ", "protocol "].contains(where: line.hasPrefix)
    }
  }

  /// The block as a file that compiles by itself; errors point to the document. `modules` are imported for a block that
  /// imports nothing.
  func file(named name: String, importing modules: [String]) -> String {
    let hasImports = !SwiftSource(code).imports.isEmpty
    let imports = hasImports ? "" : modules.map { "import \($0)\n" }.joined()
    let location = "#sourceLocation(file: \"\(path)\", line: \(line))\n"
    guard !isWholeFile else { return imports + location + code + "\n" }
    return "\(imports)func \(name)() async throws {\n\(location)\(code)\n#sourceLocation()\n}\n"
  }
}
