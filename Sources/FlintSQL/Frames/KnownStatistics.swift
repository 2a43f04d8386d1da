internal import FlintFiles
internal import FlintFormats
internal import Synchronization

/// What footers said of the tables of a context's queries. As long as a source has the same files of the same sizes, they are
/// not read again: it is only guessed by what they say.
final class KnownStatistics: Sendable {
  private struct Entry {
    let files: [InputFile]
    let statistics: TableStatistics
  }

  private let entries = Mutex<[FileSource: Entry]>([:])
  /// Sources that are remembered; when there are more, all are forgotten.
  private static let limit = 1000

  /// The statistics of the table of a source, which `read` reads where they are not known.
  func statistics(
    of source: FileSource, _ table: FileTable, _ read: () async throws -> TableStatistics
  ) async throws -> TableStatistics {
    if let known = entries.withLock({ $0[source] }), known.files == table.files { return known.statistics }
    let statistics = try await read()
    entries.withLock { entries in
      if entries.count >= Self.limit { entries = [:] }
      entries[source] = Entry(files: table.files, statistics: statistics)
    }
    return statistics
  }
}
