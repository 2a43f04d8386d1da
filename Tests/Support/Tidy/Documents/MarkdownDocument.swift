/// A Markdown document, as far as the rules need it: its prose, fenced blocks, headings, links and tables.
struct MarkdownDocument {
  /// A fenced block with the info string of its fence.
  struct Block {
    let info: String
    /// The line of its first line of content, counted from 1.
    let firstLine: Int
    let lines: [String]
  }

  /// A link's destination and the line where it stands.
  struct Link {
    let target: String
    let line: Int
  }

  /// The lines outside fenced blocks, with inline code blanked; lines of blocks are empty.
  let prose: [String]
  let blocks: [Block]
  private let headingLines: [String]

  init(_ text: String) {
    var prose: [String] = []
    var headings: [String] = []
    var blocks: [Block] = []
    var open: (info: String, firstLine: Int, indent: Int, lines: [String])?
    for (index, substring) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = String(substring)
      let content = line.drop { $0 == " " }
      if var block = open {
        if content.hasPrefix("```") {
          blocks.append(Block(info: block.info, firstLine: block.firstLine, lines: block.lines))
          open = nil
        } else {
          let margin = line.prefix(block.indent).prefix { $0 == " " }.count
          block.lines.append(String(line.dropFirst(margin)))
          open = block
        }
        prose.append("")
      } else if content.hasPrefix("```") {
        open = (String(content.dropFirst(3)), index + 2, line.count - content.count, [])
        prose.append("")
      } else {
        if line.hasPrefix("#") { headings.append(line) }
        prose.append(Self.withoutInlineCode(line))
      }
    }
    self.prose = prose
    self.blocks = blocks
    headingLines = headings
  }

  /// The anchors that the headings make: lower case, spaces to hyphens, other signs dropped, repeats numbered.
  var anchors: Set<String> {
    var seen: [String: Int] = [:]
    var anchors: Set<String> = []
    for heading in headingLines {
      let text = heading.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
      let base = String(
        text.compactMap { sign -> Character? in
          sign == " " ? "-" : sign.isLetter || sign.isNumber || sign == "-" || sign == "_" ? sign : nil
        })
      let count = seen[base, default: 0]
      seen[base] = count + 1
      anchors.insert(count == 0 ? base : "\(base)-\(count)")
    }
    return anchors
  }

  /// The destinations of inline links and images, and of reference definitions.
  var links: [Link] {
    prose.enumerated().flatMap { index, line in
      var targets: [String] = []
      var rest = line[...]
      while let open = rest.firstRange(of: "](") {
        let tail = rest[open.upperBound...]
        guard let close = tail.firstIndex(of: ")") else { break }
        targets.append(String(tail[..<close].prefix { $0 != " " }))
        rest = tail[close...]
      }
      if line.hasPrefix("["), let colon = line.firstRange(of: "]: ") {
        targets.append(String(line[colon.upperBound...].prefix { $0 != " " }))
      }
      return targets.map { Link(target: $0, line: index + 1) }
    }
  }

  private static func withoutInlineCode(_ line: String) -> String {
    var isCode = false
    return String(
      line.map { sign in
        if sign == "`" { isCode.toggle() }
        return isCode || sign == "`" ? " " : sign
      })
  }
}
