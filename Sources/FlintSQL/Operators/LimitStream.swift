internal import FlintColumns

/// Some of the first rows.
final class LimitStream: BatchStream {
  private let source: any BatchStream
  private let kernels: Kernels
  private var skipped: Int
  private var left: Int

  init(_ source: any BatchStream, count: Int?, offset: Int, _ kernels: Kernels) {
    self.source = source
    self.kernels = kernels
    skipped = offset
    left = count ?? .max
  }

  func next() async throws -> Batch? {
    while left > 0, let batch = try await source.next() {
      let compact = try kernels.compact(batch)
      let first = min(skipped, compact.length)
      skipped -= first
      let count = min(left, compact.length - first)
      left -= count
      if count > 0 { return compact.slice(first..<first + count) }
    }
    return nil
  }
}
