import FlintColumns
import Testing

/// Bits against their simplest reading.
@Suite("Bits")
struct BitTests {
  @Test("every start and every length reads the same bits")
  func everyStart() {
    var generator = SeededGenerator(1)
    let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var naive: [Bool] = []
    for byte in bytes {
      for bit in 0..<8 as Range<UInt8> { naive.append((byte >> bit) & 1 == 1) }
    }
    bytes.withUnsafeBytes { memory in
      guard let base = memory.baseAddress else { return }
      for start in 0..<70 {
        let bits = BitPointer(base, start: start)
        #expect((0..<200).allSatisfy { bits[$0] == naive[start + $0] })
        for count in [0, 1, 63, 64, 65, 127, 128, 200] {
          #expect(bits.setCount(count) == naive[start..<start + count].count { $0 })
        }
        let word = bits.word(64)
        for bit in 0..<64 { #expect(((word >> UInt64(bit)) & 1 == 1) == naive[start + 64 + bit]) }
      }
    }
  }
}
