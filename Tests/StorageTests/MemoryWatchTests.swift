import FlintCore
import FlintStorage
import Testing

/// Traces of a process that may have 100 bytes, and is found above that 10 times before a task fails.
@Suite("Memory watch")
struct MemoryWatchTests {
  private static func watch() -> MemoryWatch { MemoryWatch(limit: ByteCount(100), patience: 10) }

  @Test("within its limit nothing is done")
  func within() {
    var watch = Self.watch()
    #expect(watch.look(ByteCount(100)) == nil)
    #expect(!watch.isPressing)
  }

  @Test("above it blocks leave at once and tasks must spill, until it is below again")
  func relief() {
    var watch = Self.watch()
    #expect(watch.look(ByteCount(130)) == .relieve(ByteCount(30)))
    #expect(watch.isPressing)
    #expect(watch.look(ByteCount(120)) == nil)
    #expect(watch.look(ByteCount(99)) == nil)
    #expect(!watch.isPressing)
    #expect(watch.look(ByteCount(101)) == .relieve(ByteCount(1)))
  }

  @Test("what never goes below fails a task, with the excess, and then again only after as many looks")
  func failure() {
    var watch = Self.watch()
    for _ in 0..<2 {
      let actions = (0..<10).map { _ in watch.look(ByteCount(150)) }
      let relief = MemoryWatch.Action.relieve(ByteCount(50))
      #expect(actions == [relief, nil, nil, nil, nil, nil, nil, nil, relief, .fail(ByteCount(50))])
    }
  }
}
