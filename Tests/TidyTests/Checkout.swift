import Tidy

/// The repository that these tests belong to, and the build that they run in.
enum Checkout {
  static let root = folder(above: #filePath, levels: 3)

  /// The folder of the debug build: the test bundle or its runner stands in it.
  static let buildFolder = folder(above: CommandLine.arguments.first { $0.contains(".xctest") } ?? "", levels: 1)

  /// A folder of its own for one test, inside the build folder.
  static func workFolder(_ name: String) -> String { "\(buildFolder)/tidy-tests/\(name)" }

  private static func folder(above path: String, levels: Int) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels).joined(separator: "/")
  }
}
