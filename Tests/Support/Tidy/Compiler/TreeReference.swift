/// A use of something of the standard library, as a line of the compiler's tree tells it.
struct TreeReference {
  let line: Int
  let column: Int
  /// Whose member it is: `Set`, `Sequence`, or the function's own name.
  private let owner: Substring
  private let member: Substring
  /// The types that stand for parameters which are walked.
  private let sequences: [Substring]

  /// Of what every order gives the same.
  private static let orderless: Set<Substring> = [
    "sorted", "contains", "isEmpty", "count", "underestimatedCount", "allSatisfy", "lazy", "==", "!=",
  ]
  /// Of a dictionary's and a set's own members those that show its order.
  private static let revealing: Set<Substring> = [
    "makeIterator", "popFirst", "randomElement", "startIndex", "endIndex", "index", "formIndex",
  ]
  private static let unordered: Set<Substring> = ["Set", "Dictionary", "Keys", "Values"]

  /// The reference that `line` tells of; nil when it tells of something else.
  init?(_ line: Substring) {
    guard let place = TreeReference.text(in: line, after: " location=", before: " "),
      let declaration = TreeReference.text(in: line, after: "decl=\"Swift.(file).", before: "\"")
    else { return nil }
    let numbers = place.split(separator: ":").suffix(2).compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    (self.line, column) = (numbers[0], numbers[1])
    let name = declaration.prefix { $0 != "[" }
    owner = name.prefix { $0 != " " && $0 != "." && $0 != "(" }
    member = (name.firstRange(of: ".").map { name[$0.upperBound...] } ?? name).prefix { $0 != " " && $0 != "(" }
    sequences = TreeReference.sequences(in: declaration)
  }

  /// Whether what comes of it depends on the order of a dictionary or a set.
  var readsInUnknownOrder: Bool {
    if TreeReference.unordered.contains(owner) { return TreeReference.revealing.contains(member) }
    return !TreeReference.orderless.contains(member) && sequences.contains(where: TreeReference.isUnordered)
  }

  /// Whether the type that stands at the beginning of `text` is a dictionary, a set, or a view of one.
  private static func isUnordered(_ text: Substring) -> Bool {
    var text = text
    while text.hasPrefix("LazySequence<") { text = text.dropFirst("LazySequence<".count) }
    var depth = 0
    var isDictionary = false
    guard text.hasPrefix("Set<") || text.hasPrefix("Dictionary<") || text.hasPrefix("[") else { return false }
    for index in text.indices {
      switch text[index] {
      case "[", "(", "<": depth += 1
      case "]", ")": depth -= 1
      case ">" where !text[..<index].hasSuffix("-"): depth -= 1
      case ":" where depth == 1: isDictionary = true
      default: break
      }
      guard depth == 0, index > text.startIndex, !text.hasPrefix("[") || text[index] == "]" else { continue }
      guard "]>".contains(text[index]) else { continue }
      let rest = text[text.index(after: index)...]
      let isWhole = [" ", ")", ">", ".Keys", ".Values"].contains(where: rest.hasPrefix) || rest.isEmpty
      return isWhole && (isDictionary || !text.hasPrefix("["))
    }
    return false
  }

  /// The types in `<A, B where A : Sequence> A -> Set<Int> B -> String` for those parameters that are sequences.
  private static func sequences(in declaration: Substring) -> [Substring] {
    guard let conditions = text(in: declaration, after: " where ", before: "> "),
      let types = declaration.firstRange(of: conditions + "> ").map({ declaration[$0.upperBound...] })
    else { return [] }
    return conditions.split(separator: ",").compactMap { condition in
      let words = condition.split(separator: " ")
      guard words.count == 3, words[1] == ":",
        words[2].hasSuffix("Sequence") || words[2].contains("Collection")
          || words[2] == "LazySequenceProtocol"
      else { return nil }
      let start = (" " + types).firstRange(of: " \(words[0]) -> ")
      return start.map { (" " + types)[$0.upperBound...] }
    }
  }

  private static func text(in line: Substring, after opening: String, before closing: String) -> Substring? {
    guard let start = line.firstRange(of: opening)?.upperBound else { return nil }
    let rest = line[start...]
    return rest.firstRange(of: closing).map { rest[..<$0.lowerBound] }
  }
}
