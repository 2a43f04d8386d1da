import FlintCore
import FlintLineage
import FlintTasks

/// Operators over whole numbers, as small as operators can be.
final class NumberStream: RowStream {
  private let body: () async throws -> [Int]?

  init(_ body: @escaping () async throws -> [Int]?) {
    self.body = body
  }

  /// These rows, in one batch.
  convenience init(_ rows: [Int]) {
    var rest: [Int]? = rows
    self.init { rest.take() }
  }

  func next() async throws -> AnyRowBatch? { try await body().map { RowBatch($0) } }
}

final class SourceOperator: NodeOperator {
  private let dataset: DatasetID

  init(_ dataset: DatasetID) {
    self.dataset = dataset
  }

  var codec: (any BatchCodec)? { try? KeepingCodec(Int.self) }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    NumberStream(try RowCodec(Int.self).rows(try context.partitionData(of: dataset, partition)))
  }
}

/// Steps over steps become one list: no stream stands on another one of its kind.
final class StepStream: RowStream {
  let source: any RowStream
  var steps: [@Sendable (Int, any TaskContext) throws -> Int]
  let context: any TaskContext

  init(_ source: any RowStream, _ context: any TaskContext) {
    self.source = source
    self.context = context
    steps = []
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    guard let batch = try await source.next() else { return nil }
    var rows = batch.of(Int.self).rows
    for step in steps { rows = try rows.map { try step($0, context) } }
    return RowBatch(rows)
  }
}

final class StepOperator: NodeOperator {
  private let step: @Sendable (Int, any TaskContext) throws -> Int

  init(_ step: @escaping @Sendable (Int, any TaskContext) throws -> Int) {
    self.step = step
  }

  var codec: (any BatchCodec)? { try? KeepingCodec(Int.self) }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let below = try await inputs[0][0].open()
    let stream = below as? StepStream ?? StepStream(below, context)
    stream.steps.append(step)
    return stream
  }
}

/// All rows of all inputs, one partition after another: a union, a coalesce, a pruning.
final class GatherOperator: NodeOperator {
  var codec: (any BatchCodec)? { try? KeepingCodec(Int.self) }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    var rest = inputs.joined().reversed().map { $0 }
    var current: (any RowStream)?
    return NumberStream {
      while true {
        if let batch = try await current?.next() { return batch.of(Int.self).rows }
        guard let input = rest.popLast() else { return nil }
        current = try await input.open()
      }
    }
  }
}

/// Reads what a ``RemainderWriter`` wrote, for the partition that it is opened for.
final class ExchangeOperator: NodeOperator {
  private let shuffle: ShuffleID

  init(_ shuffle: ShuffleID) {
    self.shuffle = shuffle
  }

  var codec: (any BatchCodec)? { try? KeepingCodec(Int.self) }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let input = try await context.shuffleInput(shuffle, partition)
    let codec = try RowCodec(Int.self)
    var count: UInt64 = 0
    return NumberStream {
      guard let block = try await input.next() else {
        try input.finish(rowCount: count)
        return nil
      }
      let rows = try codec.rows(block)
      count += UInt64(rows.count)
      return rows
    }
  }
}

/// Gives each row to the reader with the number of its remainder.
final class RemainderWriter: ShuffleWriter {
  func write(_ rows: any RowStream, to output: any ShuffleOutput, context: any TaskContext) async throws {
    let codec = try RowCodec(Int.self)
    while let batch = try await rows.next() {
      let groups = Dictionary(grouping: batch.of(Int.self).rows) { $0 % output.partitionCount }
      for (reader, rows) in groups.sorted(by: { $0.key < $1.key }) {
        try await output.append(try codec.encode(rows), rowCount: rows.count, checksum: 1, to: reader)
      }
    }
  }
}

/// All rows as one block.
final class CollectMaker: ResultMaker {
  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8] {
    var all: [Int] = []
    while let batch = try await rows.next() { all += batch.of(Int.self).rows }
    return try RowCodec(Int.self).encode(all)
  }
}
