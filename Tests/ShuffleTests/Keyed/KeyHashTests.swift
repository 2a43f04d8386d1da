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
