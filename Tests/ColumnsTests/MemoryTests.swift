import FlintColumns
import FlintCore
import Testing

/// Where the memory of vectors comes from, and where it goes.
@Suite("Memory of columns")
struct MemoryTests {
  @Test("memory is aligned, comes back when its last user goes, and is used again")
  func reuse() throws {
    let budget = MemoryBudget(limit: .mebibytes(1))
    let idle = IdleSlabs(capacity: .kibibytes(64))
    let memory = ColumnMemory(budget: budget, idle: idle)
    for count in [0, 1, 4032, 4033, 5000, 40_000] {
      var buffer: ColumnBuffer? = try memory.buffer(count)
      let place = try #require(buffer).start
      #expect(UInt(bitPattern: place) % 64 == 0)
      #expect(buffer?.count == count)
      // The padding is there.
      (place + count).storeBytes(of: 1, toByteOffset: ColumnBuffer.padding - 8, as: Int64.self)
      #expect(budget.used.bytes > count)
      buffer = nil
      #expect(budget.used.bytes == 0)
      let again = try memory.buffer(count)
      #expect(again.start == place)
    }
    #expect(idle.bytes > 0)
    idle.trim()
    #expect(idle.bytes == 0)
  }

  @Test("idle memory is bounded, and a user who has no room for it leaves it to the next")
  func idle() throws {
    let idle = IdleSlabs(capacity: .kibibytes(100))
    let memory = ColumnMemory(budget: MemoryBudget(limit: .kibibytes(256)), idle: idle)
    _ = try memory.buffer(200_000)
    #expect(idle.bytes == 0)
    for _ in 0..<2 { _ = try memory.buffer(90_000) }
    let bytes = idle.bytes
    #expect((90_000...(100 << 10)).contains(bytes))
    let large = try memory.buffer(220_000)
    let error = #expect(throws: FlintError.self) { try memory.buffer(90_000) }
    #expect(error?.code == .memoryBudgetExceeded)
    #expect(large.heldBytes <= 256 << 10)
    #expect(idle.bytes == bytes)
    let other = MemoryBudget(limit: .kibibytes(128))
    let next = try ColumnMemory(budget: other, idle: idle).buffer(90_000)
    #expect(idle.bytes == 0)
    #expect(other.used.bytes == Int64(next.heldBytes))
  }

  @Test("zeroed memory is zero also when it was used before")
  func zeroed() throws {
    let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(1)))
    try memory.buffer(1000).start.initializeMemory(as: UInt8.self, repeating: 7, count: 1000)
    let buffer = try memory.buffer(1000, isZeroed: true)
    #expect((0..<1000).allSatisfy { buffer.pointer(to: UInt8.self)[$0] == 0 })
  }
}
