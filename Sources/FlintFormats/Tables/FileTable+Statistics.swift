public import FlintCore
internal import FlintFiles

extension FileTable {
  /// Footers that are read for statistics; of more files, some stand for all.
  private static let footerCount = 16
  /// About as many bytes as a row has in a file that does not say how many rows it has.
  private static let bytesPerRow = 32.0

  /// What the footers of the files say of its rows; of formats without footers, what their sizes say.
  public func statistics(_ files: any FileSystem, limits: Limits = Limits()) async throws -> TableStatistics {
    let byteCount = self.files.reduce(0) { $0 + Double($1.size) }
    guard case .parquet = format, !self.files.isEmpty else {
      return TableStatistics(rowCount: (byteCount / Self.bytesPerRow).rounded(.up))
    }
    let step = max(1, (self.files.count + Self.footerCount - 1) / Self.footerCount)
    var gathering = StatisticsGathering()
    for index in stride(from: 0, to: self.files.count, by: step) {
      let input = self.files[index]
      gathering.add(try await ParquetFile.open(FilePath(input.path), files, limits: limits), bytes: Double(input.size))
    }
    return gathering.statistics(ofBytes: byteCount)
  }
}
