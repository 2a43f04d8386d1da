import FlintShuffle
import Testing

/// Hashes and partitions of keys.
struct KeyHashTests {
  @Test("equal texts have equal hashes, however they are written")
  func equalTexts() {
    let pairs = [
      ("é", "e\u{301}"), ("K", "\u{212A}"), ("a;b", "a\u{37E}b"), ("`", "\u{1FEF}"), ("Å", "\u{212B}"),
      ("\u{212A}\u{37E}\u{1FEF}", "K;`"), ("ﬁ ligature K", "ﬁ ligature \u{212A}"),
    ]
    for (left, right) in pairs {
      #expect(left == right)
      #expect(KeyHash.of(left) == KeyHash.of(right), "\(left)")
      #expect(KeyHash.of(PairKey(left, 1)) == KeyHash.of(PairKey(right, 1)))
    }
  }

  @Test("no other character of Unicode alone equals an ASCII text")
  func onlyThree() {
    var equals: [UInt32] = []
    let ascii = Set((0..<128).map { String(Unicode.Scalar(UInt8($0))) })
    for value in UInt32(0x80)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), ascii.contains(String(scalar)) else { continue }
      equals.append(value)
    }
    #expect(equals == [0x37E, 0x1FEF, 0x212A])
  }

  @Test("a text's hash does not depend on where its bytes lie")
  func storage() {
    for count in 0...40 {
      let text = String((0..<count).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
      // It keeps the memory of the longer one.
      var shortened = text + String(repeating: "-", count: 50)
      shortened.removeLast(50)
      #expect(text == shortened && KeyHash.of(text) == KeyHash.of(shortened), "\(text)")
    }
  }

  @Test("what is not ASCII has the hash of the text's own Hashable, composed or not")
  func otherTexts() {
    func own(_ text: String) -> UInt64 { KeyHash.mix(UInt64(bitPattern: Int64(text.hashValue))) }
    var wrong: [String] = []
    for value in UInt32(0x80)...0x2FFFF where ![0x37E, 0x1FEF, 0x212A].contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a\(scalar)"
      if KeyHash.of(text) != own(text) { wrong.append(text) }
    }
    let parts = [
      "a", "é", "e", "\u{301}", "\u{327}", "한", "\u{1112}", "\u{1161}", "\u{11AB}", "й", "и", "\u{306}", "日", "が",
      "\u{3099}",
    ]
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      var text = "ü"
      for _ in 0..<6 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += parts[Int(state >> 33) % parts.count]
      }
      if KeyHash.of(text) != own(text) { wrong.append(text) }
    }
    #expect(wrong == [])
  }

  @Test("a key with an equality of its own, both zeros, and integers of all widths")
  func otherKeys() {
    struct Name: Hashable {
      var text: String
      static func == (left: Name, right: Name) -> Bool { left.text.lowercased() == right.text.lowercased() }
      func hash(into hasher: inout Hasher) { hasher.combine(text.lowercased()) }
    }
    #expect(KeyHash.of(Name(text: "ADA")) == KeyHash.of(Name(text: "ada")))
    #expect(KeyHash.of(-0.0) == KeyHash.of(0.0))
    #expect(KeyHash.of("K" as Substring) == KeyHash.of("\u{212A}" as Substring))
    #expect(KeyHash.of(7 as Int?) == KeyHash.of(7 as Int?))
  }

  @Test("texts of every length, and numbers with any step, spread over partitions and parts")
  func spreading() {
    let keys = (0..<4_000).map { number in KeyHash.of(String(repeating: "x", count: number % 23) + "\(number)") }
    let steps = [1, 8, 1 << 20, 1 << 40].flatMap { step in (0..<1_000).map { KeyHash.of($0 &* step) } }
    for hashes in [keys, steps] {
      for count in [2, 7, 32] {
        let partitioning = HashPartitioning(count)
        let partitions = Dictionary(grouping: hashes) { partitioning.partition(ofHash: $0) }
        #expect(partitions.keys.sorted() == Array(0..<count))
        #expect(partitions.values.allSatisfy { $0.count * count > 2_000 && $0.count * count < 8_000 })
        // Parts of one partition are as even: they do not depend on it.
        let parts = Dictionary(grouping: partitions[0] ?? []) { KeyHash.part(of: $0, level: 0, count: 2) }
        #expect(parts.values.allSatisfy { $0.count * 3 > (partitions[0] ?? []).count })
      }
    }
  }

  @Test("ranges hold equal keys together, up and down, and stay empty when there are too few keys")
  func ranges() {
    let sample = (0..<100).map { (key: $0 / 10, weight: 1.0) }
    let up = RangePartitioning(sample: sample, count: 4)
    #expect((0..<10).map(up.partition) == (0..<10).map(up.partition).sorted())
    #expect(Set((0..<10).map(up.partition)).count == 4)
    let down = RangePartitioning(sample: sample, count: 4, isDescending: true)
    #expect((0..<10).map(down.partition) == (0..<10).map(down.partition).sorted(by: >))
    let few = RangePartitioning(sample: [(key: 5, weight: 9)], count: 4)
    #expect(few.splitters == [5])
    #expect(few.partition(of: 5) == 0 && few.partition(of: 6) == 1)
    #expect(RangePartitioning<Int>(sample: [], count: 4).partition(of: 3) == 0)
  }
}
