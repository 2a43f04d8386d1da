internal import FoundationEssentials

/// The few things that the checks do with files of their own.
package enum Folder {
  /// Makes `path` an empty folder, with the ones above it.
  package static func makeEmpty(_ path: String) throws {
    if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    try make(path)
  }

  /// Makes the folder `path`, with the ones above it; one that exists is left as it is.
  package static func make(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  package static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  package static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  package static func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: path)
  }

  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  static func hasFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
