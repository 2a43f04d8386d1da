internal import Glibc

/// A run of memory, straight from the system and counted against a ``MemoryBudget`` as long as somebody uses it.
///
/// Its bytes start as zeros. It may be handed to another thread, but has one user at a time: whoever holds it reads and
/// writes through ``bytes``, and passes it on only when done.
public final class Slab: @unchecked Sendable {
  // @unchecked Sendable is safe: the memory behind `bytes` is the slab's alone and lives until `deinit`, and its one user at
  // a time, by the contract above, orders every access to it, to `budget` and to `isFresh`.

  /// The memory; it lives as long as the slab does.
  public let bytes: UnsafeMutableRawBufferPointer
  /// Whether nobody has used it before, so that its bytes are zeros.
  public private(set) var isFresh = true
  /// Whose bytes these are; nil between two users.
  private var budget: MemoryBudget?

  /// Maps `count` bytes, rounded up to whole pages. Throws `memory-budget-exceeded` with the numbers when the budget or
  /// the system has no room.
  public init(count: Int, budget: MemoryBudget) throws(FlintError) {
    precondition(count > 0, "a slab has at least one byte, not \(count)")
    let size = Slab.size(holding: count)
    guard budget.reserve(size) else {
      throw FlintError(
        .memoryBudgetExceeded, "no room for a slab of \(ByteCount(Int64(size)))",
        why: "\(budget.used) of the budget's \(budget.limit) are in use",
        remedy: "give the budget more memory, or let less work run at the same time")
    }
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else {
      let reason = String(cString: strerror(errno))
      budget.release(size)
      throw FlintError(
        .memoryBudgetExceeded, "the system gave no memory for a slab of \(ByteCount(Int64(size)))", why: reason,
        remedy: "make the budget (\(budget.limit)) smaller than what the machine can give")
    }
    // Tables are read in no order, and with small pages nearly each read would wait for the page's address too. It is a
    // wish: a kernel that does not grant it changes nothing.
    if size >= Self.hugePages { madvise(memory, size, MADV_HUGEPAGE) }
    bytes = UnsafeMutableRawBufferPointer(start: memory, count: size)
    self.budget = budget
  }

  deinit {
    munmap(bytes.baseAddress, bytes.count)
    budget?.release(bytes.count)
  }

  /// Counts against `budget`, if that has room: a user begins.
  func enter(_ budget: MemoryBudget) -> Bool {
    guard budget.reserve(bytes.count) else { return false }
    self.budget = budget
    return true
  }

  /// Counts against no budget: its user is done with it.
  func leaveBudget() {
    budget?.release(bytes.count)
    budget = nil
    isFresh = false
  }

  /// Gets the pages of the first `count` bytes at once. Where each comes when it is touched, that costs an interruption for
  /// each, and two for one that is read before it is written, as the slots of tables are: the second stops all threads.
  public func fetch(_ count: Int) {
    // A wish too.
    if count >= Self.pageSize { madvise(bytes.baseAddress, count, MADV_POPULATE_WRITE) }
  }

  /// The granularity of slabs, in bytes.
  public static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// Slabs from this size on ask for large pages.
  private static let hugePages = 4 << 20

  /// How many bytes a slab for `count` bytes has.
  static func size(holding count: Int) -> Int {
    let (padded, overflow) = count.addingReportingOverflow(pageSize - 1)
    return overflow ? Int.max / pageSize * pageSize : padded / pageSize * pageSize
  }
}
