import FlintCore
import FlintExecution
import FlintLineage
import FlintTasks

struct NumberNode: NodeOperation {
  let factory: NodeFactory
  var pieces: [[UInt8]] = []

  func partitionData(_ partition: PartitionID) throws -> [UInt8]? {
    pieces.isEmpty ? nil : pieces[Int(partition.rawValue)]
  }
}

struct NumberShuffle: ShuffleOperation {
  let factory = ShuffleWriterFactory { RemainderWriter() }
}

struct NumberResult: ResultOperation {
  let factory = ResultFactory { CollectMaker() }
}

/// Builds graphs of whole numbers, a call for each dataset.
struct NumberGraph {
  private var datasets: UInt64 = 0
  private var shuffles: UInt64 = 0

  /// The numbers of each partition.
  mutating func source(_ partitions: [[Int]]) throws -> LineageNode {
    let codec = try RowCodec(Int.self)
    let id = nextID()
    let operation = NumberNode(
      factory: NodeFactory { SourceOperator(id) }, pieces: try partitions.map { try codec.encode($0) })
    return LineageNode(
      id: id, name: "source", location: .here(), partitionCount: partitions.count, operation: operation)
  }

  mutating func step(
    _ parent: LineageNode, keep: StorageLevel? = nil, line: Int = #line,
    _ body: @escaping @Sendable (Int, any TaskContext) throws -> Int
  ) -> LineageNode {
    LineageNode(
      id: nextID(), name: "step", location: .here(line: line), partitionCount: parent.partitionCount,
      dependencies: [.narrow(parent, .oneToOne)], storageLevel: keep,
      operation: NumberNode(factory: NodeFactory { StepOperator(body) }))
  }

  mutating func gather(_ parents: [(LineageNode, NarrowMapping)], partitions: Int) -> LineageNode {
    LineageNode(
      id: nextID(), name: "gather", location: .here(), partitionCount: partitions,
      dependencies: parents.map { .narrow($0, $1) }, operation: NumberNode(factory: NodeFactory { GatherOperator() }))
  }

  mutating func exchange(_ parent: LineageNode, readers: Int) -> LineageNode {
    shuffles += 1
    let shuffle = ShuffleDependency(
      id: ShuffleID(rawValue: shuffles), parent: parent,
      partitioner: Partitioner(.hash(key: "Int"), partitionCount: readers), operation: NumberShuffle())
    let id = shuffle.id
    return LineageNode(
      id: nextID(), name: "exchange", location: .here(), partitionCount: readers, dependencies: [.wide(shuffle)],
      operation: NumberNode(factory: NodeFactory { ExchangeOperator(id) }))
  }

  private mutating func nextID() -> DatasetID {
    datasets += 1
    return DatasetID(rawValue: datasets)
  }
}
