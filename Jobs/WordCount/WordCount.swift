import Flint

/// Counts the words of texts.
///
///     WordCount --input TEXTS --output FOLDER
///
/// `TEXTS` is a file, a folder or a pattern; files that end in `.gz` or `.zst` are unpacked. Words are what stands between
/// runs of ASCII white space. Each line of the output is a word, a tab and how often the word was there.
@main struct WordCount: FlintApplication {
  struct Options: Decodable, Sendable {
    var input: String
    var output: String
  }

  static let summary = "Counts the words of texts."

  static func run(_ flint: Session, _ options: Options) async throws {
    try await flint.textFile(options.input)
      .words()
      .map { ($0, 1) }
      .reduceByKey(+)
      .map { word, count in "\(word)\t\(count)" }
      .saveAsTextFile(options.output)
  }
}
