import FlintColumns
import FlintCore
import Testing

/// Where the memory of vectors comes from, and where it goes.
@Suite("Memory of columns")
struct MemoryTests {
  @Test("memory is aligned, comes back when its last user goes, and is used again")
  func reuse() throws {
    let budget = MemoryBudget(limit: .mebibytes(1))
    let memory = ColumnMemory(budget: budget, kept: .kibibytes(64))
    for count in [0, 1, 4032, 4033, 5000, 40_000] {
      var buffer: ColumnBuffer? = try memory.buffer(count)
      let place = try #require(buffer).start
      #expect(UInt(bitPattern: place) % 64 == 0)
      #expect(buffer?.count == count)
      // The padding is there.
      (place + count).storeBytes(of: 1, toByteOffset: ColumnBuffer.padding - 8, as: Int64.self)
      let used = budget.used
      buffer = nil
      #expect(budget.used == used)
      let again = try memory.buffer(count)
      #expect(again.start == place)
    }
    memory.trim()
    #expect(budget.used.bytes == 0)
    #expect(memory.idleBytes == 0)
  }

  @Test("what is not kept goes back to the budget, and what is kept goes when the budget is short")
  func budget() throws {
    let budget = MemoryBudget(limit: .kibibytes(256))
    let memory = ColumnMemory(budget: budget, kept: .kibibytes(100))
    _ = try memory.buffer(200_000)
    #expect(budget.used.bytes == 0)
    for _ in 0..<2 { _ = try memory.buffer(90_000) }
    #expect(memory.idleBytes == budget.used.bytes)
    #expect(memory.idleBytes > 90_000)
    let large = try memory.buffer(220_000)
    #expect(memory.idleBytes == 0)
    let error = #expect(throws: FlintError.self) { try memory.buffer(90_000) }
    #expect(error?.code == .memoryBudgetExceeded)
    #expect(large.heldBytes <= 256 << 10)
  }

  @Test("zeroed memory is zero also when it was used before")
  func zeroed() throws {
    let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(1)))
    try memory.buffer(1000).start.initializeMemory(as: UInt8.self, repeating: 7, count: 1000)
    let buffer = try memory.buffer(1000, isZeroed: true)
    #expect((0..<1000).allSatisfy { buffer.pointer(to: UInt8.self)[$0] == 0 })
  }
}
