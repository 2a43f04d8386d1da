internal import FlintCore
internal import Glibc

/// Where Flint's own package stands, for packages that depend on it by path.
enum FlintFolder {
  /// The folder `path`, made absolute. Throws `file-not-found` when Flint is not there.
  static func at(_ path: String, _ files: any FileSystem) async throws -> FilePath {
    guard let absolute = resolved(path), try await isFlint(absolute, files) else {
      throw FlintError(
        .fileNotFound, "there is no Flint at \(path)", why: "its package would have Sources/FlintLaunch",
        remedy: "give the folder of Flint's repository: --flint PATH")
    }
    return absolute
  }

  /// The folder that this program was built in. Throws `file-not-found` when the program stands elsewhere.
  static func ofThisProgram(_ files: any FileSystem) async throws -> FilePath {
    var folder = FilePath(resolved("/proc/self/exe")?.string ?? "/")
    while folder != "/" {
      folder = folder.parent
      if try await isFlint(folder, files) { return folder }
    }
    throw FlintError(
      .fileNotFound, "this program does not know where Flint is", why: "it does not stand in Flint's repository",
      remedy: "give its folder: --flint PATH")
  }

  private static func isFlint(_ folder: FilePath, _ files: any FileSystem) async throws -> Bool {
    let manifest = try await files.status(of: folder / "Package.swift")
    let source = try await files.status(of: folder / "Sources" / "FlintLaunch")
    return manifest?.kind == .file && source?.kind == .directory
  }

  /// The path without links and dots; nil when nothing is there.
  private static func resolved(_ path: String) -> FilePath? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return FilePath(String(cString: text))
  }
}
