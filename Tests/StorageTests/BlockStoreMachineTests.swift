import FlintCore
import FlintStorage
import Testing

/// Traces over a memory of 100 bytes, of which the cache keeps 40.
@Suite("Block store")
struct BlockStoreMachineTests {
  private static let (a, b, c) = (Names.cached(1, 1), Names.cached(1, 2), Names.cached(1, 3))
  private static let task = Names.task(1)

  private static func machine() -> BlockStoreMachine {
    BlockStoreMachine(ledger: MemoryLedger(limit: ByteCount(100), cacheShare: ByteCount(40)))
  }

  /// A machine that holds `blocks` of 40 bytes each in memory.
  private static func machine(_ placement: BlockPlacement, _ blocks: BlockID...) -> BlockStoreMachine {
    var machine = machine()
    for id in blocks { #expect(machine.put(id, ByteCount(40), placement) == [.stored(id)]) }
    return machine
  }

  private static func wish(_ size: Int64, spillable: Int64 = 0) -> MemoryRequest {
    MemoryRequest(task: task, number: 0, size: ByteCount(size), spillable: ByteCount(spillable))
  }

  @Test("a block that does not fit drives out the one that was not used for longest")
  func leastRecentlyUsed() {
    var machine = Self.machine(.memory, Self.a, Self.b)
    #expect(machine.beginRead(Self.a).place == .memory)
    #expect(machine.endRead(Self.a) == [])
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.dropFromMemory(Self.b), .gone(Self.b), .stored(Self.c)])
    #expect(machine.beginRead(Self.b).place == .nowhere)
    #expect(machine.ledger.cached == ByteCount(80))
  }

  @Test("a block that is being read is never driven out; what cannot fit then is not kept")
  func readersProtect() {
    var machine = Self.machine(.memory, Self.a, Self.b)
    #expect(machine.beginRead(Self.a).place == .memory)
    #expect(machine.beginRead(Self.b).place == .memory)
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.gone(Self.c)])
    #expect(machine.endRead(Self.b) == [])
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.dropFromMemory(Self.b), .gone(Self.b), .stored(Self.c)])
    #expect(machine.beginRead(Self.a).place == .memory, "two readers at once")
    #expect(machine.endRead(Self.a) == [])
    #expect(machine.endRead(Self.a) == [])
  }

  @Test("a block that may be on disk leaves memory once it is written, and is then read from there")
  func spilling() {
    var machine = Self.machine(.memoryAndDisk, Self.a, Self.b)
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.writeToDisk(Self.a)])
    #expect(machine.beginRead(Self.c).place == .nowhere)
    #expect(machine.written(Self.a) == [.dropFromMemory(Self.a), .stored(Self.c)])
    #expect(machine.beginRead(Self.a).place == .disk)
    #expect(machine.ledger.cached == ByteCount(80))
  }

  @Test("when the disk is full, the block that had to leave is lost, and the new one is kept")
  func failedSpill() {
    var machine = Self.machine(.memoryAndDisk, Self.a, Self.b)
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.writeToDisk(Self.a)])
    #expect(machine.writeFailed(Self.a) == [.dropFromMemory(Self.a), .gone(Self.a), .stored(Self.c)])
    #expect(machine.beginRead(Self.a).place == .nowhere)
  }

  @Test("who begins to read a block while it is written keeps it in memory, and another leaves instead")
  func readWhileLeaving() {
    var machine = Self.machine(.memoryAndDisk, Self.a, Self.b)
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.writeToDisk(Self.a)])
    #expect(machine.beginRead(Self.a).place == .memory)
    #expect(machine.written(Self.a) == [.writeToDisk(Self.b)])
    #expect(machine.endRead(Self.a) == [])
    #expect(machine.written(Self.b) == [.dropFromMemory(Self.b), .stored(Self.c)])
    #expect(machine.beginRead(Self.c).place == .memory)
    #expect(machine.endRead(Self.c) == [])
    // It has a file already, so it goes at once.
    let other = Names.cached(2, 1)
    #expect(machine.put(other, ByteCount(40), .memory) == [.dropFromMemory(Self.a), .stored(other)])
    #expect(machine.beginRead(Self.a).place == .disk)
  }

  @Test("too large for memory: to disk if it may, else nowhere, and nobody is driven out for it")
  func tooLarge() {
    var machine = Self.machine(.memory, Self.a)
    #expect(machine.put(Self.b, ByteCount(101), .memory) == [.gone(Self.b)])
    #expect(machine.put(Self.c, ByteCount(101), .memoryAndDisk) == [.writeToDisk(Self.c)])
    #expect(machine.written(Self.c) == [.stored(Self.c)])
    #expect(machine.beginRead(Self.c).place == .disk)
    #expect(machine.put(Self.b, ByteCount(10), .disk) == [.writeToDisk(Self.b)])
    #expect(machine.writeFailed(Self.b) == [.gone(Self.b)])
    #expect(machine.beginRead(Self.a).place == .memory)
  }

  @Test("a block that is removed while it is read goes with its last reader, and nobody else finds it")
  func deferredRemoval() {
    var machine = Self.machine(.memory, Self.a)
    #expect(machine.beginRead(Self.a).place == .memory)
    #expect(machine.remove(Self.a) == [])
    #expect(machine.remove(Self.a) == [])
    #expect(machine.beginRead(Self.a).place == .nowhere)
    #expect(machine.put(Self.a, ByteCount(1), .memory) == [.gone(Self.a)])
    #expect(machine.endRead(Self.a) == [.dropFromMemory(Self.a)])
    #expect(machine.isEmpty)
    #expect(machine.ledger.cached == ByteCount(0))
  }

  @Test("a block that is removed while it is written goes when that has ended, file and all")
  func removalWhileWriting() {
    var machine = Self.machine(.memoryAndDisk, Self.a, Self.b)
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.writeToDisk(Self.a)])
    #expect(machine.remove(Self.a) == [])
    #expect(machine.written(Self.a) == [.dropFromMemory(Self.a), .removeFromDisk(Self.a), .stored(Self.c)])
    #expect(machine.put(Self.a, ByteCount(5), .disk) == [.writeToDisk(Self.a)])
    #expect(machine.remove(Self.a) == [.gone(Self.a)])
    #expect(machine.written(Self.a) == [.removeFromDisk(Self.a)])
  }

  @Test("tasks drive cached blocks out down to the cache's share, with the oldest first")
  func tasksFirst() {
    var machine = Self.machine(.memoryAndDisk, Self.a, Self.b)
    machine.taskStarted(Self.task)
    #expect(machine.request(Self.wish(50)) == [.writeToDisk(Self.a)])
    #expect(machine.written(Self.a) == [.dropFromMemory(Self.a), .answer(.grant(Self.wish(50)))])
    let more = Self.wish(20, spillable: 50)
    #expect(machine.request(more) == [.answer(.spill(more, ByteCount(20)))])
    #expect(machine.put(Self.c, ByteCount(20), .memory) == [.writeToDisk(Self.b)], "the cache drives out only itself")
  }

  @Test("memory that a task frees lets the block in that waited for a write")
  func waitingBlock() {
    var machine = Self.machine(.memoryAndDisk, Self.a)
    machine.taskStarted(Self.task)
    #expect(machine.request(Self.wish(60)) == [.answer(.grant(Self.wish(60)))])
    #expect(machine.put(Self.b, ByteCount(40), .memory) == [.writeToDisk(Self.a)])
    #expect(machine.release(ByteCount(60), by: Self.task) == [.stored(Self.b)])
    #expect(machine.written(Self.a) == [.dropFromMemory(Self.a)])
    #expect(machine.taskEnded(Self.task) == [])
  }

  @Test("memory that the last reader of a removed block frees lets the next block in")
  func roomByLastReader() {
    var machine = Self.machine(.memoryAndDisk, Self.a, Self.b)
    #expect(machine.put(Self.c, ByteCount(40), .memory) == [.writeToDisk(Self.a)])
    #expect(machine.beginRead(Self.b).place == .memory)
    #expect(machine.remove(Self.b) == [])
    #expect(machine.endRead(Self.b) == [.dropFromMemory(Self.b), .stored(Self.c)])
  }

  @Test("a file that turns out to be damaged is removed; the block is gone unless memory has it")
  func lostFile() {
    var machine = Self.machine()
    #expect(machine.put(Self.a, ByteCount(10), .disk) == [.writeToDisk(Self.a)])
    #expect(machine.written(Self.a) == [.stored(Self.a)])
    #expect(machine.lostOnDisk(Self.a) == [.removeFromDisk(Self.a), .gone(Self.a)])
    #expect(machine.lostOnDisk(Self.a) == [])
    #expect(machine.isEmpty)
  }
}
