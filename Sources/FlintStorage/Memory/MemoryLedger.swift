public import FlintCore

/// Decides who gets the memory of one executor: its running tasks and its cache share one budget.
///
/// - The budget is a hard bound: what tasks hold and what is cached never exceed it together.
/// - The cache may use whatever is free. When tasks need it, blocks are evicted until the cache is down to its share.
/// - Of what is there for tasks each of `n` may have an `n`th. Below half of that it waits for others to give back; above
///   it spills.
/// - Who can neither spill nor get memory waits. When nobody is left who could give any back, what is free goes to the
///   first whom it is enough for; when it is for nobody, the largest fails.
///
/// It only counts: who owns it takes and frees the memory. Not its job: what is evicted, which is the cache's choice.
public struct MemoryLedger: Sendable {
  /// What tasks and cache have together.
  public let limit: ByteCount
  /// What the cache keeps when tasks need memory.
  public let cacheShare: ByteCount
  /// What cached blocks take.
  public var cached: ByteCount { ByteCount(cachedBytes) }
  /// What tasks hold.
  public var held: ByteCount { ByteCount(heldBytes) }
  /// Requests without an answer yet, oldest first.
  public private(set) var waiting: [MemoryRequest] = []

  private var cachedBytes: Int64 = 0
  private var heldBytes: Int64 = 0
  private var holdings: [TaskAttempt: Int64] = [:]
  /// Cached bytes that are being read, so that nobody can evict them.
  private var pinnedBytes: Int64 = 0
  /// Cached bytes that the cache was asked for and has not freed yet.
  private var evictingBytes: Int64 = 0

  /// A budget of `limit`, of which the cache keeps `cacheShare`.
  public init(limit: ByteCount, cacheShare: ByteCount) {
    precondition(
      cacheShare.bytes >= 0 && cacheShare.bytes <= limit.bytes, "a cache cannot have \(cacheShare) of \(limit)")
    self.limit = limit
    self.cacheShare = cacheShare
  }

  /// What `task` holds.
  public func held(by task: TaskAttempt) -> ByteCount { ByteCount(holdings[task] ?? 0) }

  // MARK: Tasks

  /// A task starts, and takes part in sharing.
  public mutating func taskStarted(_ task: TaskAttempt) {
    precondition(holdings[task] == nil, "\(task) starts twice")
    holdings[task] = 0
  }

  /// A task has ended, however that was. What it held is free, and its requests are forgotten.
  public mutating func taskEnded(_ task: TaskAttempt) -> [MemoryAction] {
    guard let bytes = holdings.removeValue(forKey: task) else { preconditionFailure("\(task) has not started") }
    heldBytes -= bytes
    waiting.removeAll { $0.task == task }
    return advance()
  }

  /// A task asks. The answer may come later, with the actions of another event.
  public mutating func request(_ request: MemoryRequest) -> [MemoryAction] {
    guard let held = holdings[request.task] else { preconditionFailure("\(request.task) has not started") }
    precondition(!waiting.contains { $0.task == request.task }, "\(request.task) asks while it waits")
    precondition(request.spillable.bytes <= held, "\(request.task) cannot spill what it does not hold")
    waiting.append(request)
    let actions = grants()
    guard waiting.last == request else { return actions }
    // Who can spill above half its share does so before anybody's standstill is looked at.
    if request.spillable.bytes > 0, 2 * held * Int64(holdings.count) >= poolBytes {
      waiting.removeLast()
      return actions + [spill(request)]
    }
    if request.spillable.bytes == 0, held + request.size.bytes > limit.bytes {
      waiting.removeLast()
      return actions + [refusal(request)]
    }
    return actions + endOfStandstill()
  }

  /// A task does not want any more what it waits for. Nothing happens when it does not wait.
  public mutating func withdraw(_ task: TaskAttempt) -> [MemoryAction] {
    waiting.removeAll { $0.task == task }
    return advance()
  }

  /// A task that does not wait gives memory back.
  public mutating func release(_ size: ByteCount, by task: TaskAttempt) -> [MemoryAction] {
    precondition(!waiting.contains { $0.task == task }, "\(task) gives memory back while it waits for more")
    guard let bytes = holdings[task], size.bytes >= 0, size.bytes <= bytes else {
      preconditionFailure("\(task) gives back \(size), more than it holds")
    }
    holdings[task] = bytes - size.bytes
    heldBytes -= size.bytes
    return advance()
  }

  // MARK: The cache

  /// What the cache is told when it wants to grow.
  public enum CacheAnswer: Hashable, Sendable {
    /// The memory is the cache's now.
    case granted
    /// It has to drop blocks of at least this size first, and ask again.
    case evict(ByteCount)
    /// There is no room for it.
    case refused
  }

  /// The cache wants `size` for one more block.
  public mutating func cacheRequest(_ size: ByteCount) -> CacheAnswer {
    precondition(size.bytes >= 0, "a block of \(size)")
    // What tasks wait for is not free, except for the share.
    if !waiting.isEmpty, cachedBytes + size.bytes > cacheShare.bytes { return .refused }
    let shortage = size.bytes - freeBytes
    guard shortage > 0 else {
      cachedBytes += size.bytes
      return .granted
    }
    return shortage <= cachedBytes - pinnedBytes - evictingBytes ? .evict(ByteCount(shortage)) : .refused
  }

  /// The cache has dropped blocks of this size, by itself or because it was asked.
  public mutating func cacheReleased(_ size: ByteCount) -> [MemoryAction] {
    precondition(size.bytes >= 0 && size.bytes <= cachedBytes, "\(size) of \(cached) cannot be dropped")
    cachedBytes -= size.bytes
    evictingBytes = max(0, evictingBytes - size.bytes)
    return advance()
  }

  /// The cache keeps blocks of this size that it had begun to drop, because somebody reads them.
  public mutating func cacheKept(_ size: ByteCount) -> [MemoryAction] {
    evictingBytes = max(0, evictingBytes - size.bytes)
    return advance()
  }

  /// Of the cached blocks so many bytes are being read now.
  public mutating func cachePinned(_ size: ByteCount) -> [MemoryAction] {
    precondition(size.bytes >= 0 && size.bytes <= cachedBytes, "\(size) of \(cached) cannot be read")
    pinnedBytes = size.bytes
    return advance()
  }

  // MARK: Helpers

  private var freeBytes: Int64 { limit.bytes - heldBytes - cachedBytes }

  /// What tasks could have together, once the cache is down to its share or to what is being read.
  private var poolBytes: Int64 { limit.bytes - max(min(cachedBytes, cacheShare.bytes), pinnedBytes) }

  /// Answers what can be answered.
  private mutating func advance() -> [MemoryAction] { grants() + endOfStandstill() }

  /// Serves who is within its share.
  private mutating func grants() -> [MemoryAction] {
    var actions: [MemoryAction] = []
    while let index = waiting.firstIndex(where: isWithinShare) {
      // Nobody overtakes the first who is within its share, or large requests would wait for ever.
      let request = waiting[index]
      guard request.size.bytes <= freeBytes else {
        if let eviction = eviction(for: request) { actions.append(eviction) }
        break
      }
      actions.append(grant(at: index))
    }
    return actions
  }

  private func isWithinShare(_ request: MemoryRequest) -> Bool {
    ((holdings[request.task] ?? 0) + request.size.bytes) * Int64(holdings.count) <= poolBytes
  }

  private mutating func eviction(for request: MemoryRequest) -> MemoryAction? {
    let shortage = request.size.bytes - freeBytes - evictingBytes
    let evictable = cachedBytes - max(cacheShare.bytes, pinnedBytes) - evictingBytes
    let bytes = min(shortage, evictable)
    guard bytes > 0 else { return nil }
    evictingBytes += bytes
    return .evict(ByteCount(bytes))
  }

  private mutating func grant(at index: Int) -> MemoryAction {
    let request = waiting.remove(at: index)
    holdings[request.task, default: 0] += request.size.bytes
    heldBytes += request.size.bytes
    return .grant(request)
  }

  /// When every task waits and nothing is on its way, shares no longer help: what there is goes to the first whom it
  /// is enough for. When there is none, somebody has to give way: who holds most.
  private mutating func endOfStandstill() -> [MemoryAction] {
    guard !waiting.isEmpty, waiting.count == holdings.count, evictingBytes == 0 else { return [] }
    if let index = waiting.firstIndex(where: { $0.size.bytes <= freeBytes }) { return [grant(at: index)] }
    let borrowed = cachedBytes - max(cacheShare.bytes, pinnedBytes)
    if let request = waiting.first(where: { $0.size.bytes - freeBytes <= borrowed }) {
      return eviction(for: request).map { [$0] } ?? []
    }
    let holdings = holdings
    let index = waiting.indices.max { (holdings[waiting[$0].task] ?? 0) < (holdings[waiting[$1].task] ?? 0) }
    guard let index else { return [] }
    let request = waiting.remove(at: index)
    return [request.spillable.bytes > 0 ? spill(request) : refusal(request)]
  }

  private func spill(_ request: MemoryRequest) -> MemoryAction {
    .spill(request, min(request.size, request.spillable))
  }

  private func refusal(_ request: MemoryRequest) -> MemoryAction {
    let refusal = MemoryRefusal(
      held: held(by: request.task), available: ByteCount(poolBytes), limit: limit, taskCount: holdings.count)
    return .refuse(request, refusal)
  }
}
