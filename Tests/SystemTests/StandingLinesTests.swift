import FlintSystem
import Testing

/// What stands at the bottom of a terminal.
struct StandingLinesTests {
  private static let up = "\u{1B}[2A\u{1B}[J"
  private var lines = StandingLines()

  private mutating func say(_ text: String) -> String { String(decoding: lines.say(Array(text.utf8)), as: UTF8.self) }

  private mutating func stand(_ new: String..., width: Int = 80) -> String {
    String(decoding: lines.stand(new, width: width), as: UTF8.self)
  }

  @Test("lines are written over by their next state, and only when it is another one")
  mutating func over() {
    #expect(stand("a 0", "b 0") == "a 0\nb 0\n")
    #expect(stand("a 0", "b 0") == "")
    #expect(stand("a 1", "b 0") == Self.up + "a 1\nb 0\n")
    #expect(stand() == Self.up)
    #expect(stand() == "")
  }

  @Test("what is said meanwhile stands above them, and is never written over")
  mutating func said() {
    #expect(say("first\n") == "first\n")
    _ = stand("a", "b")
    #expect(say("more\n") == Self.up + "more\na\nb\n")
    // Nothing can stand below half a line.
    #expect(say("half") == Self.up + "half")
    #expect(stand("a", "c") == "")
    #expect(say(" done\n") == " done\na\nc\n")
    #expect(stand() == Self.up)
    #expect(say("last\n") == "last\n")
  }

  @Test("a line is cut where the terminal would go on in the next one")
  mutating func wide() {
    #expect(stand("abcdef", "gh", width: 4) == "abcd\ngh\n")
  }
}
