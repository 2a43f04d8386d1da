/// Text with everything that readers of lines and words stumble over, the same for the same seed.
struct SampleText {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// `count` lines of short and long words, some empty, some with odd white space, some with no ASCII.
  mutating func lines(_ count: Int) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<count {
      for _ in 0..<next(9) {
        text += Self.spaces[next(Self.spaces.count)].utf8
        text += Self.words[next(Self.words.count)].utf8
      }
      text += Self.ends[next(Self.ends.count)].utf8
    }
    return text
  }

  private static let spaces = [" ", "  ", "\t", " \u{0B}", "\u{0C}", "\r ", "   \t "]
  private static let ends = ["\n", "\r\n", "\n\n", " \n"]
  private static let words = [
    "a", "to", "the", "spark", "sixteen-letters-", "fifteen-letters", "eight888", "seven77", "naïve", "日本語", "Ⅷ",
    "a-word-that-needs-a-place-of-its-own-in-memory", "nine99999",
  ]
}
