import FlintCore
import Glibc
import Testing

@Suite("Slabs")
struct MemoryTests {
  @Test("a slab is zeroed, whole pages, and counted from birth to death")
  func slab() throws {
    let budget = MemoryBudget(limit: .mebibytes(1))
    do {
      let slab = try Slab(count: 5000, budget: budget)
      #expect(slab.bytes.count % Slab.pageSize == 0 && slab.bytes.count >= 5000)
      #expect(slab.bytes.allSatisfy { $0 == 0 })
      #expect(budget.used == ByteCount(Int64(slab.bytes.count)))
      slab.bytes[slab.bytes.count - 1] = 7
    }
    #expect(budget.used == ByteCount(0))
  }

  @Test("pages that are fetched are there, are zeros, and no others are fetched")
  func fetching() throws {
    let slab = try Slab(count: 64 * Slab.pageSize, budget: MemoryBudget(limit: .mebibytes(1)))
    func residentPages() -> Int {
      var pages = [UInt8](repeating: 0, count: 64)
      #expect(mincore(slab.bytes.baseAddress, slab.bytes.count, &pages) == 0)
      return pages.count { $0 & 1 == 1 }
    }
    #expect(residentPages() == 0)
    slab.fetch(20 * Slab.pageSize - 100)
    #expect(residentPages() == 20)
    #expect(slab.bytes.allSatisfy { $0 == 0 })
  }

  @Test("over budget: a typed error with the numbers, and nothing is taken")
  func overBudget() throws {
    let budget = MemoryBudget(limit: .kibibytes(64))
    let slab = try Slab(count: 48 << 10, budget: budget)
    let error = try #require(failure { try Slab(count: 32 << 10, budget: budget) })
    #expect(error.code == .memoryBudgetExceeded)
    #expect(error.what == "no room for a slab of 32 KiB")
    #expect(error.why == "48 KiB of the budget's 64 KiB are in use")
    #expect(failure { try Slab(count: .max, budget: budget) }?.code == .memoryBudgetExceeded)
    #expect(budget.used == .kibibytes(48))
    withExtendedLifetime(slab) {}
  }

  @Test("what the budget allows and the system refuses is the same typed error, and the budget has its bytes back")
  func systemRefuses() throws {
    let budget = MemoryBudget(limit: ByteCount(.max))
    let error = try #require(failure { try Slab(count: 1 << 60, budget: budget) })
    #expect(error.code == .memoryBudgetExceeded)
    #expect(error.what == "the system gave no memory for a slab of 1 EiB")
    #expect(budget.used == ByteCount(0))
  }

  @Test("the bound holds while many threads take and release")
  func contention() async {
    let size = Slab.pageSize
    let budget = MemoryBudget(limit: ByteCount(Int64(4 * size)))
    let refusals = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var refusals = 0
          var held: [Slab] = []
          for step in 0..<2000 {
            if let slab = try? Slab(count: size, budget: budget) {
              held.append(slab)
            } else {
              refusals += 1
            }
            #expect(budget.used <= budget.limit)
            #expect(held.count <= 4)
            if step % 3 == 2 || held.count > 1 { held.removeAll() }
          }
          return refusals
        }
      }
      return await group.reduce(0, +)
    }
    #expect(budget.used == ByteCount(0))
    #expect(refusals < 16_000)
  }

  @Test("exactly as many slabs as fit are handed out, however many ask at once")
  func exactBound() async {
    let budget = MemoryBudget(limit: ByteCount(Int64(10 * Slab.pageSize)))
    let slabs = await withTaskGroup(of: Slab?.self) { group in
      for _ in 0..<64 {
        group.addTask { try? Slab(count: 1, budget: budget) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(slabs.compactMap(\.self).count == 10)
    #expect(budget.used == budget.limit)
  }

  @Test("a pool hands idle slabs out again and keeps no more than its capacity")
  func pool() throws {
    let budget = MemoryBudget(limit: .mebibytes(1))
    let pool = SlabPool(slabSize: 100, capacity: 2, budget: budget)
    let page = Int64(pool.slabSize)
    #expect(pool.slabSize == Slab.pageSize)
    do {
      let slabs = try (0..<3).map { _ in try pool.take() }
      #expect(Set(slabs.map(ObjectIdentifier.init)).count == 3)
      #expect(budget.used == ByteCount(3 * page))
      for slab in slabs { pool.put(slab) }
      #expect(pool.idleCount == 2)
    }
    #expect(budget.used == ByteCount(2 * page))
    do {
      let again = try pool.take()
      #expect(pool.idleCount == 1)
      #expect(budget.used == ByteCount(2 * page))
      pool.put(again)
    }
    pool.trim()
    #expect(pool.idleCount == 0)
    #expect(budget.used == ByteCount(0))
  }

  @Test("a slab that is put back twice, or into another pool, ends the program")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      let pool = SlabPool(slabSize: 1, capacity: 4, budget: MemoryBudget(limit: .mebibytes(1)))
      let slab = try pool.take()
      pool.put(slab)
      pool.put(slab)
    }
    await #expect(processExitsWith: .failure) {
      let budget = MemoryBudget(limit: .mebibytes(1))
      SlabPool(slabSize: 1, capacity: 4, budget: budget).put(try Slab(count: 100_000, budget: budget))
    }
  }
}
