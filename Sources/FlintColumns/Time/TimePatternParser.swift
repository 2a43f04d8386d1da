/// Takes a pattern of dates and times apart.
struct TimePatternParser {
  struct Fault: Error {
    let reason: String
  }

  private var rest: Substring

  init(_ pattern: String) {
    rest = pattern[...]
  }

  /// The parts up to the end, or up to the bracket that ends them.
  mutating func parts(depth: Int) throws(Fault) -> [TimePattern.Part] {
    var parts: [TimePattern.Part] = []
    var literal: [UInt8] = []
    func flush() {
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
    }
    while let character = rest.first {
      switch character {
      case "'": literal += try quoted()
      case "[":
        flush()
        rest.removeFirst()
        // Deeper ones are nobody's wish.
        guard depth < 8 else { throw Fault(reason: "its brackets are nested too deeply") }
        parts.append(.optional(try self.parts(depth: depth + 1)))
      case "]":
        guard depth > 0 else { throw Fault(reason: "a bracket ends that did not begin") }
        rest.removeFirst()
        flush()
        return parts
      case "{", "}", "#": throw Fault(reason: "\(character) is reserved")
      case _ where character.isASCII && character.isLetter:
        flush()
        parts.append(try field(character))
      default: literal += Array(String(rest.removeFirst()).utf8)
      }
    }
    guard depth == 0 else { throw Fault(reason: "a bracket does not end") }
    flush()
    return parts
  }

  private mutating func field(_ character: Character) throws(Fault) -> TimePattern.Part {
    let run = rest.prefix { $0 == character }
    rest.removeFirst(run.count)
    guard let letter = TimePattern.Letter(rawValue: character) else {
      throw Fault(reason: "the letter \(character) stands for nothing")
    }
    guard letter.counts.contains(run.count) else { throw Fault(reason: "\(run) stands for nothing") }
    return .field(letter, run.count)
  }

  /// Text in quotes; two of them are one.
  private mutating func quoted() throws(Fault) -> [UInt8] {
    rest.removeFirst()
    if rest.first == "'" {
      rest.removeFirst()
      return [UInt8(ascii: "'")]
    }
    var bytes: [UInt8] = []
    while let character = rest.popFirst() {
      guard character == "'" else {
        bytes += Array(String(character).utf8)
        continue
      }
      guard rest.first == "'" else { return bytes }
      rest.removeFirst()
      bytes.append(UInt8(ascii: "'"))
    }
    throw Fault(reason: "a quote does not end")
  }
}
