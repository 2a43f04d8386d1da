public import FlintCore

/// Finds the files of an input path.
public struct InputFiles: Sendable {
  private let files: any FileSystem

  /// Looks for files in `files`.
  public init(files: any FileSystem) {
    self.files = files
  }

  /// Every file that `path` leads to, with its length: of a directory all below it whose names are not hidden, of a
  /// pattern all that match.
  ///
  /// They come in the order of their paths' parts. Throws `file-not-found` for a missing path and for a pattern that
  /// nothing matches.
  public func find(_ path: String, at location: SourceLocation? = nil) async throws -> [InputFile] {
    do {
      var found: [InputFile] = []
      for path in try await Glob(path).expand(in: files) { try await add(path, to: &found) }
      return found
    } catch let error as FlintError {
      throw FlintError(
        error.code, error.what, why: error.why, remedy: error.remedy, at: location, cause: error.cause)
    }
  }

  private func add(_ root: FilePath, to found: inout [InputFile]) async throws {
    var stack = [root]
    while let path = stack.popLast() {
      guard let status = try await files.status(of: path) else { throw FlintError(.fileNotFound, "\(path) is gone") }
      switch status.kind {
      case .file: found.append(InputFile(path: path.string, size: status.size, root: root.string))
      case .directory: stack += try await names(in: path).reversed().map { path / $0 }
      case .symbolicLink:
        // The link itself is no directory, but `link/.` is what it leads to.
        guard try await files.status(of: path / ".")?.kind == .directory else { throw refused(path, "a symbolic link") }
        stack += try await names(in: path).reversed().map { path / $0 }
      case .other: throw refused(path, "neither a file nor a directory")
      }
    }
  }

  private func names(in directory: FilePath) async throws -> [String] {
    try await files.list(directory).filter { name in
      let first = name.utf8.first
      return first != UInt8(ascii: ".") && (first != UInt8(ascii: "_") || name.utf8.contains(UInt8(ascii: "=")))
    }
  }

  private func refused(_ path: FilePath, _ what: String) -> FlintError {
    FlintError(.invalidArgument, "\(path) cannot be read", why: "it is \(what)", remedy: "name the file that is meant")
  }
}
