/// A function, initializer, subscript or deinitializer with a body, and the lines that it takes.
struct FunctionSpan: Hashable {
  let name: String
  /// The line of its keyword.
  let first: Int
  /// The line of its closing brace.
  let last: Int

  var length: Int { last - first + 1 }

  private static let keywords: Set<String> = ["func", "init", "deinit", "subscript"]
  /// Words that begin the next declaration: what came before had no body.
  private static let next: Set<String> = [
    "func", "init", "deinit", "subscript", "var", "let", "case", "}", "extension",
  ]

  static func functions(in source: SwiftSource) -> [FunctionSpan] {
    let tokens = source.tokens
    return tokens.indices.compactMap { index in
      guard keywords.contains(tokens[index].text), isDeclaration(tokens, index) else { return nil }
      guard let open = body(of: index, in: tokens), let close = tokens.closing(open) else { return nil }
      let name = tokens[index].text == "func" ? tokens[index + 1].text : tokens[index].text
      return FunctionSpan(name: name, first: tokens[index].line, last: tokens[close].line)
    }
  }

  /// `init` is also called and referred to; a declaration has no dot before it.
  private static func isDeclaration(_ tokens: [Token], _ index: Int) -> Bool {
    guard tokens.indices.contains(index + 1) else { return false }
    return index == 0 || tokens[index - 1].text != "."
  }

  private static func body(of index: Int, in tokens: [Token]) -> Int? {
    var depth = 0
    for position in tokens.index(after: index)..<tokens.count {
      switch tokens[position].text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return position
      case let word where depth == 0 && next.contains(word): return nil
      default: break
      }
    }
    return nil
  }
}
