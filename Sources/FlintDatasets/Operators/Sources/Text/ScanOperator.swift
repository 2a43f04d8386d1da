internal import FlintCore
internal import FlintTasks

/// Makes rows of lines by their bytes. Straight over a text file the lines are never made.
final class ScanOperator: NodeOperator {
  private let site: OperatorSite
  private let makeScanner: @Sendable () -> any TextScanner
  private let makeCodec: @Sendable () -> (any BatchCodec)?

  init(
    _ site: OperatorSite, _ makeScanner: @escaping @Sendable () -> any TextScanner,
    codec: @escaping @Sendable () -> (any BatchCodec)?
  ) {
    self.site = site
    self.makeScanner = makeScanner
    makeCodec = codec
  }

  var codec: (any BatchCodec)? { makeCodec() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let source = try await inputs[0][0].open()
    if let text = source as? TextStream {
      text.scan(with: makeScanner())
      return text
    }
    let step = ScanStep(site, makeScanner(), limit: context.limits.rowsPerBatch)
    if let stream = source as? StepStream {
      stream.append(step)
      return stream
    }
    return StepStream(source, step, context)
  }
}
