internal import FlintCore
internal import FlintLineage
internal import FlintTasks

/// Numbers rows over all partitions; how many stand before each must be counted first.
final class NumberingOperation: NodeOperation, PreparedOperation {
  let factory: NodeFactory
  private let partitionCount: Int
  private let count: @Sendable () async throws -> [Int]
  private let starts = Prepared<[Int]>()

  init(factory: NodeFactory, partitionCount: Int, count: @escaping @Sendable () async throws -> [Int]) {
    self.factory = factory
    self.partitionCount = partitionCount
    self.count = count
  }

  func prepare(_ session: Session) async throws {
    guard partitionCount > 1 else { return }
    try await starts.find {
      var starts: [Int] = []
      var total = 0
      for count in try await count() {
        starts.append(total)
        total += count
      }
      return starts
    }
  }

  func partitionData(_ partition: PartitionID) throws -> [UInt8]? {
    let start = starts.value?[Int(partition.rawValue)] ?? 0
    return withUnsafeBytes(of: UInt64(start).littleEndian) { Array($0) }
  }
}
