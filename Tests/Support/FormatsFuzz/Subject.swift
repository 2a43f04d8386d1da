import FlintColumns

/// A format whose reader gets damaged files. To try another one, write its subject and add it to ``Subjects``.
protocol Subject: Sendable {
  /// What it is called in options and in what is printed.
  var name: String { get }
  /// How the names of its files end.
  var ending: String { get }

  /// Sound files, made by our own writers.
  func samples(_ memory: ColumnMemory, seed: UInt64) async throws -> [Sample]

  /// Reads every value of a file, in one of some ways.
  func read(_ file: MemoryFile, _ memory: ColumnMemory, way: Int) async throws -> Digest

  /// Where the bytes stand that say where everything else is; they are damaged more often than others.
  func metadata(of bytes: [UInt8]) -> Range<Int>
}

/// A sound file.
struct Sample: Sendable {
  let name: String
  let bytes: [UInt8]
}

/// All that there are.
enum Subjects {
  static let all: [any Subject] = [ParquetSubject(), ArrowSubject(), CSVSubject(), JSONSubject()]
}
