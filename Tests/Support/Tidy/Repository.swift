/// The files of the repository, or of a test's fixture, as text.
package struct Repository: Sendable {
  /// Every text file by its path relative to the root.
  package let files: [String: String]
  /// Their paths, sorted.
  package let paths: [String]
  /// The Swift files, already split into code, comments and literals.
  private let sources: [String: SwiftSource]

  package init(files: [String: String]) {
    self.files = files
    paths = files.keys.sorted()
    sources = files.filter { path, _ in path.hasSuffix(".swift") }.mapValues(SwiftSource.init)
  }

  /// The Swift files whose path begins with one of `prefixes`, in the order of their paths.
  package func swiftFiles(under prefixes: [String]) -> [(path: String, source: SwiftSource)] {
    paths.compactMap { path in
      guard let source = sources[path], prefixes.contains(where: path.hasPrefix) else { return nil }
      return (path, source)
    }
  }

  /// The Markdown documents, in the order of their paths.
  package var documents: [(path: String, text: String)] {
    paths.filter { $0.hasSuffix(".md") }.map { ($0, files[$0] ?? "") }
  }

  /// Whether a file or a directory of files stands at `path`.
  package func holds(_ path: String) -> Bool {
    files[path] != nil || paths.contains { $0.hasPrefix(path + "/") }
  }
}
