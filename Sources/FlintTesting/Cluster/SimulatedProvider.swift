internal import FlintChaos
internal import FlintCore
internal import FlintDriver
internal import FlintStorage
internal import FlintWire
internal import Synchronization

/// The executors of a simulated cluster, as its driver sees them. The cluster starts them, so there is nothing to start here.
struct SimulatedProvider: ExecutorProvider {
  let plan: ClusterPlan
  let client: BlockClient
  let context: NodeContext
  /// Ends the process of a life that the driver has given up, where it is the driver's to end.
  let end: @Sendable (ExecutorIncarnation) -> Void

  var slotCount: Int? { plan.shape.executorCount * plan.shape.taskThreads }
  var reportsExits: Bool { plan.shape.reportsExits }

  func start() async throws {}

  func lost(_ executor: ExecutorIncarnation) {
    if plan.shape.reportsExits { end(executor) }
  }

  func fetch(_ block: BlockID, _ range: Range<UInt64>, from executor: ExecutorIncarnation) async throws -> [UInt8] {
    let index = Int(executor.executor.rawValue)
    let machine = plan.machine(of: index)
    let place = BlockPlace(
      node: NodeID(rawValue: UInt64(machine)), executor: executor,
      endpoint: plan.addresses.blocks(of: index, on: machine))
    var bytes: [UInt8] = []
    while bytes.count < range.count {
      let offset = range.lowerBound + UInt64(bytes.count)
      let length = min(UInt64(plan.limits.fetchRequest.bytes), range.upperBound - offset)
      let request = BlockRequest(block: block, offset: offset, length: length)
      let slab = try await client.fetch(request, from: place)
      bytes += slab.bytes[..<Int(length)]
    }
    return bytes
  }

  /// The driver has told the executors to end.
  func stop() async { try? await context.time.sleep(for: .seconds(1)) }
}
