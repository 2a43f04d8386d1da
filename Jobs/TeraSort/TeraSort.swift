import Flint

/// Sorts records of 100 bytes, as `gensort -a` writes them.
///
///     TeraSort --input FOLDER --output FOLDER [--partitions N]
///
/// A record ends in CR and LF. Its first 10 bytes are its key; where keys are equal, what follows them decides. The files of
/// the output hold the records in the order of their names: one behind another they are what `LC_ALL=C sort` gives.
@main struct TeraSort: FlintApplication {
  struct Options: Decodable, Sendable {
    var input: String
    var output: String
    /// Into how many parts the records are sorted; as many as the input has where nobody says.
    var partitions: Int?
  }

  static let summary = "Sorts records of 100 bytes."

  static func run(_ flint: Session, _ options: Options) async throws {
    // The CR belongs to the record.
    try await flint.textFile(options.input, lines: .lineFeed)
      .sortBy(partitions: options.partitions) { $0 }
      .saveAsTextFile(options.output)
  }
}
