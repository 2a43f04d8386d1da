/// Walks a file system for ``Glob/expand(in:)``, and remembers where it came to an end.
struct GlobSearch {
  /// A directory in which nothing matched, with all that it holds.
  struct DeadEnd {
    let directory: FilePath
    let names: [String]
    let depth: Int
  }

  private let files: any FileSystem
  private(set) var found: Set<FilePath> = []
  /// The deepest one, the first of several.
  private(set) var deadEnd: DeadEnd?

  init(files: any FileSystem) {
    self.files = files
  }

  /// Adds what matches `path`.
  mutating func run(_ path: GlobPath) async throws {
    try await search(path, in: path.isAbsolute ? "/" : ".", from: 0)
  }

  private mutating func search(_ path: GlobPath, in directory: FilePath, from depth: Int) async throws {
    guard depth < path.components.count else {
      found.insert(directory)
      return
    }
    let isLast = depth == path.components.count - 1
    let needsDirectory = !isLast || path.matchesDirectoriesOnly
    let component = path.components[depth]
    var hasMatch = false
    for name in try await names(matching: component, in: directory) {
      let candidate = directory == "." ? FilePath(name) : directory / name
      if needsDirectory {
        guard try await isDirectory(candidate) else { continue }
      } else if component.literal != nil {
        // A wildcard's names come from a list, a literal one only from the pattern.
        guard try await files.status(of: candidate) != nil else { continue }
      }
      hasMatch = true
      try await search(path, in: candidate, from: depth + 1)
    }
    if !hasMatch, depth > deadEnd?.depth ?? -1 {
      deadEnd = DeadEnd(directory: directory, names: try await files.list(directory), depth: depth)
    }
  }

  private func names(matching component: GlobComponent, in directory: FilePath) async throws -> [String] {
    if let literal = component.literal { return [literal] }
    return try await files.list(directory).filter { name in
      (component.namesHidden || !Self.isHidden(name)) && component.matches(name)
    }
  }

  /// Whether `path` is a directory or a link to one.
  private func isDirectory(_ path: FilePath) async throws -> Bool {
    switch try await files.status(of: path)?.kind {
    case .directory: true
    // The link itself is no directory, but `link/.` is what it leads to.
    case .symbolicLink: try await files.status(of: path / ".")?.kind == .directory
    case .file, .other, nil: false
    }
  }

  private static func isHidden(_ name: String) -> Bool {
    let first = name.unicodeScalars.first
    return first == "." || first == "_" && !name.contains("=")
  }
}
