import Glibc
import Testing

@Suite("Tasks: storms")
struct StormTests {
  private static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  @Test("whatever happens in whatever order: no slot is held twice, no result counts twice, and everything ends")
  func storms() {
    for seed in UInt64(0)..<(Self.isFull ? 20_000 : 150) {
      var storm = Storm(seed: seed)
      let complaints = storm.run(steps: 200)
      #expect(complaints.isEmpty, "seed \(seed)")
    }
  }
}
