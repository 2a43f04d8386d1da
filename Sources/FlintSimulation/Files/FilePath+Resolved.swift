internal import FlintCore

extension FilePath {
  /// The path from the root that this one leads to, without empty components and dots; a relative one counts from the
  /// root. A simulated disk has no links, so the text alone tells.
  ///
  /// Throws what a system says of a text that leads nowhere: `file-not-found` for the empty one, `invalid-argument` for
  /// a zero byte and for a name of more than 255 bytes.
  func resolved() throws(FlintError) -> FilePath {
    guard !string.isEmpty else { throw FlintError(.fileNotFound, "the empty path leads nowhere") }
    guard !string.utf8.contains(0), components.allSatisfy({ $0.utf8.count <= 255 }) else {
      throw FlintError(
        .invalidArgument, "\(string.debugDescription) leads nowhere", why: "it holds a zero byte or too long a name")
    }
    var names: [Substring] = []
    for component in components where component != "." {
      if component == ".." { _ = names.popLast() } else { names.append(component) }
    }
    return FilePath("/" + names.joined(separator: "/"))
  }

  /// Whether this path lies below `directory`, at any depth.
  func isBelow(_ directory: FilePath) -> Bool {
    let prefix = directory.string == "/" ? "/" : directory.string + "/"
    return self != directory && string.utf8.starts(with: prefix.utf8)
  }
}
