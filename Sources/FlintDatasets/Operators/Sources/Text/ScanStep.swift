internal import FlintFiles
internal import FlintTasks

/// Scans lines that are strings.
final class ScanStep: BatchStep {
  private let site: OperatorSite
  private let scanner: any TextScanner
  private let limit: Int
  private var lines: [String] = []
  private var position = 0
  /// The bytes of a line, with those behind them that scanners may read.
  private var bytes: [UInt8] = []

  init(_ site: OperatorSite, _ scanner: any TextScanner, limit: Int) {
    self.site = site
    self.scanner = scanner
    self.limit = limit
    super.init([site.code])
  }

  override var isFinished: Bool { lines.isEmpty }

  override func run(_ input: AnyRowBatch) throws -> AnyRowBatch {
    lines = input.of(String.self).rows
    position = 0
    return try more()
  }

  override func more() throws -> AnyRowBatch {
    scanner.clear()
    while position < lines.count, scanner.batch.count < limit {
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: lines[position].utf8)
      let count = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: TextFeed.slack))
      do {
        try bytes.withUnsafeBytes { try scanner.scanLine(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      } catch { throw site.failure(error) }
      position += 1
    }
    if position == lines.count { lines = [] }
    return scanner.batch
  }
}
