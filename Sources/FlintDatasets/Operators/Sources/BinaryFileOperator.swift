internal import FlintCore
internal import FlintFiles
internal import FlintTasks

/// Reads whole files, each as one row.
final class BinaryFileOperator: NodeOperator {
  private let dataset: DatasetID

  init(_ dataset: DatasetID) {
    self.dataset = dataset
  }

  var codec: (any BatchCodec)? { try? RowCodec<(String, [UInt8])>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let split = try context.split(of: dataset, partition)
    let bytes = try await Self.bytes(of: split, context)
    context.counters.count { $0.rowsRead += 1 }
    return SliceStream([(split.path, bytes)], context: context)
  }

  private static func bytes(of split: FileSplit, _ context: any TaskContext) async throws -> [UInt8] {
    let source = try await ByteSource(split, from: 0, in: context.files, note: context.noteRead)
    let slab = try Slab(count: 256 << 10, budget: MemoryBudget(limit: .mebibytes(1)))
    let limit = context.limits.inputRow
    var bytes: [UInt8] = []
    while true {
      try context.checkCancellation()
      let count = try await source.read(into: slab, 0..<slab.bytes.count)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: slab.bytes[..<count])
      guard bytes.count <= limit.bytes else {
        throw FlintError(
          .tooLarge, "\(split.path) is longer than a row may be",
          why: "inputRow allows \(limit)", remedy: "read it in pieces, with textFile or records")
      }
    }
  }
}
