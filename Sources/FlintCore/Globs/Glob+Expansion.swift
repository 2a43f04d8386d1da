extension Glob {
  /// The paths that match, sorted and each once.
  ///
  /// Names that start with `.` or `_` are hidden, as `_SUCCESS` is, and match only a component that starts with the same
  /// character; `_date=…`, with an equals sign, is a partition's directory and not hidden. What is listed while others
  /// write is what stands there at that moment.
  ///
  /// Throws `file-not-found` when nothing matches, with the deepest directory that was there and what it holds; and
  /// what `files` throws.
  public func expand(in files: any FileSystem) async throws -> [FilePath] {
    var search = GlobSearch(files: files)
    for alternative in alternatives {
      try await search.run(alternative)
    }
    guard !search.found.isEmpty else { throw nothing(deadEnd: search.deadEnd) }
    return search.found.sorted()
  }

  private func nothing(deadEnd: GlobSearch.DeadEnd?) -> FlintError {
    guard let deadEnd else { return FlintError(.fileNotFound, "nothing matches \(pattern)") }
    let names = deadEnd.names.prefix(5).joined(separator: ", ")
    let others = deadEnd.names.count > 5 ? " and \(deadEnd.names.count - 5) more" : ""
    return FlintError(
      .fileNotFound, "nothing matches \(pattern)",
      why: deadEnd.names.isEmpty
        ? "the directory \(deadEnd.directory) is empty" : "the directory \(deadEnd.directory) holds \(names)\(others)",
      remedy: "correct what comes after \(deadEnd.directory)")
  }
}
