public import FlintCore

/// The file that holds the settings of a user or of one working directory.
public enum ConfigurationFile {
  /// The file's name in the working directory.
  public static let name = "flint.conf"
  /// Longer files are refused: they are something else.
  private static let largest: ByteCount = .mebibytes(1)

  /// The first that exists: `flint.conf` in the working directory, then `.flint/flint.conf` in the folder `home`. Nil when
  /// there is none.
  ///
  /// Throws `invalid-setting` for a file that is too long or no text, and what reading it throws.
  public static func find(in files: any FileSystem, home: String?) async throws -> (path: FilePath, text: String)? {
    var candidates: [FilePath] = [FilePath(name)]
    if let home, home.hasPrefix("/") { candidates.append(FilePath(home) / ".flint" / name) }
    for path in candidates {
      if let text = try await read(path, files) { return (path, text) }
    }
    return nil
  }

  private static func read(_ path: FilePath, _ files: any FileSystem) async throws -> String? {
    guard try await files.status(of: path) != nil else { return nil }
    let file = try await files.open(path, .read)
    let size = try await file.size()
    guard size <= largest.bytes else {
      throw FlintError(.invalidSetting, "\(path) has more than \(largest)", remedy: "give a file of settings")
    }
    let bytes = try await file.read(count: Int(size), at: 0)
    try await file.close()
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FlintError(.invalidSetting, "\(path) is not UTF-8 text", remedy: "save it as UTF-8")
    }
    return text
  }
}
