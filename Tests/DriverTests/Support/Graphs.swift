import FlintCore
import FlintLineage
import FlintTasks

/// Rows that nobody computes: tests answer for the executors.
final class NoOperator: NodeOperator {
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    throw FlintError(.invalidArgument, "no executor of these tests computes")
  }

  var codec: (any BatchCodec)? { nil }
}

struct NoOperation: NodeOperation {
  var factory: NodeFactory { NodeFactory { NoOperator() } }
}

struct NoExchange: ShuffleOperation {
  var factory: ShuffleWriterFactory { ShuffleWriterFactory { throw FlintError(.invalidArgument, "nobody writes") } }
}

struct NoResult: ResultOperation {
  var factory: ResultFactory { ResultFactory { throw FlintError(.invalidArgument, "nobody answers") } }
}

enum Graph {
  static let place = SourceLocation(file: "Jobs/Test.swift", line: 7)

  /// A source of `partitions`.
  static func source(_ partitions: Int) -> LineageNode {
    LineageNode(
      id: DatasetID(rawValue: 100), name: "source", location: place, partitionCount: partitions,
      operation: NoOperation())
  }

  /// `parent` exchanged into `partitions`.
  static func exchanged(_ parent: LineageNode, into partitions: Int) -> LineageNode {
    let partitioner = Partitioner(.hash(key: "Int"), partitionCount: partitions)
    let shuffle = ShuffleDependency(
      id: ShuffleID(rawValue: 5), parent: parent, partitioner: partitioner, operation: NoExchange())
    return LineageNode(
      id: DatasetID(rawValue: 101), name: "exchanged", location: place, partitionCount: partitions,
      dependencies: [.wide(shuffle)], partitioner: partitioner, operation: NoOperation())
  }

  static func job(_ node: LineageNode) -> JobRequest {
    JobRequest(node, operation: NoResult(), location: place)
  }
}
