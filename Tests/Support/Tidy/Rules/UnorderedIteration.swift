/// Deciders never go through a dictionary or a set in its own order, which is another one in every process.
///
/// The rule reads names: whatever is declared in the target as a Dictionary or a Set may be walked only through
/// `.sorted`. It is coarse, and errs on the side of a finding.
package struct UnorderedIteration: Rule {
  static let name = "unordered-iteration"
  private static let scope = "Sources/FlintScheduling/"
  /// Members whose result depends on the order.
  private static let walks: Set<String> = [
    "map", "flatMap", "compactMap", "forEach", "filter", "reduce", "first", "keys", "values", "min", "max", "lazy",
    "prefix", "enumerated", "randomElement", "popFirst", "makeIterator",
  ]
  /// Members after which the order is known, or no longer matters.
  private static let settles: Set<String> = ["sorted", "contains", "isEmpty", "count", "allSatisfy"]
  private static let message = "go through it by .sorted: its own order differs from process to process"

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    let files = repository.swiftFiles(under: [Self.scope])
    let names = files.reduce(into: Set<String>()) { $0.formUnion(Self.unorderedNames($1.source.tokens)) }
    return files.flatMap { path, source in
      let lines = Self.loops(source.tokens, names).union(Self.chains(source.tokens, names))
      return lines.map { Finding(path, $0, Self.name, Self.message) }
    }
  }

  /// Names that are declared with a type or an initial value that is a dictionary or a set.
  private static func unorderedNames(_ tokens: [Token]) -> Set<String> {
    var names: Set<String> = []
    for index in tokens.indices where tokens[index].isWord && tokens.indices.contains(index + 2) {
      let sign = tokens[index + 1].text
      guard sign == ":" || sign == "=", isUnordered(tokens, at: index + 2) else { continue }
      names.insert(tokens[index].text)
    }
    return names
  }

  private static func isUnordered(_ tokens: [Token], at index: Int) -> Bool {
    switch tokens[index].text {
    case "Set", "Dictionary": return true
    case "inout": return tokens.indices.contains(index + 1) && isUnordered(tokens, at: index + 1)
    case "[":
      guard let end = tokens.closing(index) else { return false }
      var depth = 0
      for position in index..<end {
        switch tokens[position].text {
        case "[", "(", "<": depth += 1
        case "]", ")", ">": depth -= 1
        case ":" where depth == 1: return true
        default: break
        }
      }
      return false
    default: return false
    }
  }

  private static func loops(_ tokens: [Token], _ names: Set<String>) -> Set<Int> {
    var lines: Set<Int> = []
    for index in tokens.indices where tokens[index].text == "for" {
      guard let start = tokens[index...].firstIndex(where: { $0.text == "in" }) else { continue }
      let sequence = tokens[(start + 1)...].prefix { $0.text != "{" && $0.text != "where" }
      let texts = sequence.map(\.text)
      if texts.contains(where: names.contains), settles.isDisjoint(with: texts) { lines.insert(tokens[index].line) }
    }
    return lines
  }

  private static func chains(_ tokens: [Token], _ names: Set<String>) -> Set<Int> {
    var lines: Set<Int> = []
    for index in tokens.indices where names.contains(tokens[index].text) {
      let members = chain(tokens, after: index)
      guard let first = members.first, walks.contains(first), settles.isDisjoint(with: members) else { continue }
      lines.insert(tokens[index].line)
    }
    return lines
  }

  /// The members that follow a name one on another: `keys`, `sorted` for `books.keys.sorted(by: <)`.
  private static func chain(_ tokens: [Token], after index: Int) -> [String] {
    var members: [String] = []
    var position = index + 1
    while position < tokens.count {
      if tokens[position].text == ".", tokens.indices.contains(position + 1), tokens[position + 1].isWord {
        members.append(tokens[position + 1].text)
        position += 2
      } else if ["(", "{"].contains(tokens[position].text), !members.isEmpty,
        tokens[position].line == tokens[position - 1].line, let end = tokens.closing(position)
      {
        position = end + 1
      } else {
        break
      }
    }
    return members
  }
}
