public import FlintCore
public import FlintDatasets
internal import FlintLibuv
public import FlintLineage
internal import FlintTasks
internal import Synchronization

/// Runs jobs in this process, without executors or a schedule: each task after the other, every map side anew for each job.
///
/// Whatever would travel to an executor goes through its form as bytes, so what works here can be shipped.
public final class DirectRuntime: ApplicationRuntime {
  /// The seams of this machine.
  public let context: NodeContext
  /// The defaults.
  public let configuration: Configuration
  /// What the test asked for.
  public let limits: Limits
  /// What the test asked for.
  public let defaultParallelism: Int
  /// What libraries above keep with the session.
  public let attachments = SessionAttachments()
  /// Bytes that one task may acquire; nil for any number.
  let taskMemory: ByteCount?
  let idleSlabs = IdleSlabs(capacity: .mebibytes(8))
  /// What a test does between the end of a result's task and its result.
  let afterTask: DirectHook?
  /// What a job waits for before its first task.
  let beforeJob: (@Sendable (JobID, JobRequest) async throws -> Void)?

  /// What the runtime stands on where nobody gave it a context.
  private let node: LibuvNode?
  private let datasets = IdentifierGenerator<DatasetID>()
  private let shuffles = IdentifierGenerator<ShuffleID>()
  private let broadcasts = IdentifierGenerator<BroadcastID>()
  private let jobs = IdentifierGenerator<JobID>()
  let books = Mutex(DirectBooks())

  /// A runtime with threads of its own until ``stop()``.
  public init(
    limits: Limits = Limits(), defaultParallelism: Int = 3, taskMemory: ByteCount? = nil,
    afterTask: DirectHook? = nil
  ) throws {
    let node = try LibuvNode(name: "direct")
    self.node = node
    context = node.context
    beforeJob = nil
    configuration = try Configuration(registry: ConfigurationRegistry([LogKeys()]))
    self.limits = limits
    self.taskMemory = taskMemory
    self.afterTask = afterTask
    self.defaultParallelism = defaultParallelism
  }

  /// A runtime on the seams of somebody else, a simulated process say. Before its first task a job waits for `beforeJob`.
  package init(
    on context: NodeContext, limits: Limits = Limits(), defaultParallelism: Int,
    beforeJob: @escaping @Sendable (JobID, JobRequest) async throws -> Void
  ) throws {
    node = nil
    self.context = context
    self.beforeJob = beforeJob
    configuration = try Configuration(registry: ConfigurationRegistry([LogKeys()]))
    self.limits = limits
    taskMemory = nil
    afterTask = nil
    self.defaultParallelism = defaultParallelism
  }

  /// Where the code that asks runs; nil outside of tasks.
  package static var place: DirectPlace? { (CurrentTask.context as? DirectTask)?.place }

  /// Gives `body` a session over a new runtime, which is gone afterwards.
  public static func use<Result>(
    limits: Limits = Limits(), defaultParallelism: Int = 3, taskMemory: ByteCount? = nil,
    afterTask: DirectHook? = nil, _ body: (Session, DirectRuntime) async throws -> Result
  ) async throws -> Result {
    let runtime = try DirectRuntime(
      limits: limits, defaultParallelism: defaultParallelism, taskMemory: taskMemory,
      afterTask: afterTask)
    do {
      let result = try await body(Session(over: runtime), runtime)
      await runtime.stop()
      return result
    } catch {
      await runtime.stop()
      throw error
    }
  }

  /// What was asked of the runtime so far.
  public var record: DirectRecord { books.withLock { $0.record } }

  /// A number for a new dataset.
  public func nextDataset() -> DatasetID { datasets.next() }
  /// A number for a new exchange.
  public func nextShuffle() -> ShuffleID { shuffles.next() }

  /// Ships the job and starts it.
  public func submit(_ request: JobRequest) async throws -> any JobHandle {
    let plan = try DirectPlan(request)
    let id = jobs.next()
    books.withLock { books in
      books.record.jobs += 1
      // Datasets that are only here would never be let go.
      if beforeJob != nil { books.begin(id, request) }
    }
    return DirectJob(id: id, plan, self)
  }

  /// Ships the job, and lets it be.
  public func validate(_ request: JobRequest) throws { _ = try DirectPlan(request) }

  /// Notes it.
  public func release(_ dataset: DatasetID) { books.withLock { $0.record.releasedDatasets.append(dataset) } }
  /// Notes it.
  public func release(_ shuffle: ShuffleID) { books.withLock { $0.record.releasedShuffles.append(shuffle) } }

  /// Keeps the content.
  public func broadcast(_ content: [UInt8]) async throws -> BroadcastID {
    let id = broadcasts.next()
    books.withLock { $0.broadcasts[id] = content }
    return id
  }

  /// Forgets the content.
  public func release(_ broadcast: BroadcastID) {
    books.withLock {
      $0.broadcasts[broadcast] = nil
      $0.record.releasedBroadcasts.append(broadcast)
    }
  }

  /// Numbers it.
  public func registerAccumulator(_ merge: @escaping @Sendable ([UInt8]) -> Void) -> UInt64 {
    books.withLock { books in
      books.accumulators.append(merge)
      return UInt64(books.accumulators.count - 1)
    }
  }

  /// Writes it down.
  public func committed(_ output: String) async { books.withLock { $0.record.committedOutputs.append(output) } }

  /// Nobody measures it.
  public func processorTime() -> Duration { .zero }

  /// Ends the threads.
  public func stop() async { await node?.shutdown() }
}
