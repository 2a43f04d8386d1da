internal import FlintCore
internal import FlintFiles
internal import FlintTasks

/// Reads the lines of parts of text files.
final class TextFileOperator: NodeOperator {
  private let dataset: DatasetID
  private let ending: LineEnding

  init(_ dataset: DatasetID, _ ending: LineEnding) {
    self.dataset = dataset
    self.ending = ending
  }

  var codec: (any BatchCodec)? { try? RowCodec<String>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let feed = try await TextFeed(
      context.split(of: dataset, partition), in: context.files, limit: context.limits.inputRow, note: context.noteRead)
    return TextStream(feed, LineScanner(ending), context)
  }
}
