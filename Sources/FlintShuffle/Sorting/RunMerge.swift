/// A merge of runs on disk that goes on as long as somebody asks for rows.
final class RunMerge<Row> {
  private let source: SortedRuns<Row>
  private let kernel: SortKernel<Row>
  private let merger: RunMerger<Row>
  private var runs: [ArraySlice<Range<Int64>>]

  init(_ runs: [[Range<Int64>]], _ source: SortedRuns<Row>, _ kernel: SortKernel<Row>) {
    self.source = source
    self.kernel = kernel
    self.runs = runs.map { $0[...] }
    merger = RunMerger(runCount: runs.count)
  }

  /// Adds the next rows to `output`, until it has `limit`; none after the last.
  func next(_ output: inout [Row], limit: Int) async throws {
    while output.count < limit, !merger.isEnded {
      for run in merger.waiting {
        if let block = runs[run].popFirst() {
          merger.fill(run, try await source.read(block))
        } else {
          merger.fill(run, [])
        }
      }
      try kernel.merge(merger, &output, limit)
    }
  }
}
