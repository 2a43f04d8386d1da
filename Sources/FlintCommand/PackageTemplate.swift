internal import FlintCore

/// The files of a new package of jobs.
struct PackageTemplate {
  let name: PackageName
  let flint: FilePath

  /// Paths below the package's folder, and texts.
  var files: [(path: String, text: String)] {
    [
      ("Package.swift", manifest),
      ("Sources/\(name)/Job.swift", job),
      ("Sources/\(name)/Tally.swift", tally),
      ("Tests/\(name)Tests/TallyTests.swift", test),
      (".gitignore", ".build/\n"),
    ]
  }

  private var manifest: String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "\(name)",
      dependencies: [
        .package(name: "Flint", path: \(PackageTemplate.literal(flint.string)))
      ],
      targets: [
        .executableTarget(
          name: "\(name)",
          dependencies: [.product(name: "Flint", package: "Flint")],
          swiftSettings: [
            // Without it the optimiser forgets private types, and closures that hold them cannot be sent to executors.
            .unsafeFlags(["-enable-private-imports"])
          ]),
        .testTarget(name: "\(name)Tests", dependencies: ["\(name)"]),
      ]
    )

    """
  }

  private var job: String {
    """
    import Flint

    /// Counts words on executors, to which the closures below are sent.
    @main struct Job: FlintApplication {
      struct Options: ApplicationOptions {
        var text = "To be, or not to be: that is the question"
        var shortest = 2
      }

      static let summary = "Counts the words of a text."

      static func run(_ flint: Session, _ options: Options) async throws {
        // The closure takes the rule along; neither the options nor the session need to travel.
        let rule = Rule(shortest: options.shortest)
        let words = try await flint.parallelize(words(of: options.text)).filter { rule.allows($0) }.collect()
        for tally in tally(words) { print("\\(tally.word)\\t\\(tally.count)") }
      }
    }

    /// Which words count. Private types travel like all others.
    private struct Rule {
      var shortest: Int

      func allows(_ word: String) -> Bool { word.count >= shortest }
    }

    """
  }

  private var tally: String {
    """
    /// How often a word was seen.
    struct Tally: Equatable {
      var word: String
      var count: Int
    }

    /// The words of a text, in lower case.
    func words(of text: String) -> [String] {
      text.lowercased().split { !$0.isLetter }.map { String($0) }
    }

    /// Each word once, the most frequent first, then by the alphabet.
    func tally(_ words: [String]) -> [Tally] {
      Dictionary(grouping: words) { $0 }
        .map { Tally(word: $0.key, count: $0.value.count) }
        .sorted { ($1.count, $0.word) < ($0.count, $1.word) }
    }

    """
  }

  private var test: String {
    """
    import Testing

    @testable import \(name)

    @Test("words are counted whatever their case, the most frequent first")
    func counting() {
      let tallies = tally(words(of: "A rose is a Rose"))
      #expect(tallies == [Tally(word: "a", count: 2), Tally(word: "rose", count: 2), Tally(word: "is", count: 1)])
    }

    """
  }

  /// A path as Swift source.
  private static func literal(_ text: String) -> String {
    var literal = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { literal += "\\" }
      literal += scalar.value < 0x20 ? "\\u{\(String(scalar.value, radix: 16))}" : "\(scalar)"
    }
    return "\"\(literal)\""
  }
}
