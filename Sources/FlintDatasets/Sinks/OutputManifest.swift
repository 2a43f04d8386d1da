internal import FlintCore

/// The file that says which parts an output has.
enum OutputManifest {
  static let name = "_SUCCESS"

  static func write(
    _ lines: [String], to path: FilePath, files: any FileSystem, isSynced: Bool = true
  ) async throws {
    let text = "{\"version\":1,\"parts\":[\n\(lines.joined(separator: ",\n"))\n]}\n"
    let file = try await files.open(path, .createNew)
    try await file.write(Array(text.utf8), at: 0)
    if isSynced { try await file.synchronize() }
    try await file.close()
  }

  /// The lines of a manifest, each with the name of its part; nil where there is none, or another program's.
  static func lines(of path: FilePath, files: any FileSystem) async throws -> [(name: String, json: String)]? {
    guard let status = try await files.status(of: path), status.kind == .file, status.size > 0 else { return nil }
    let file = try await files.open(path, .read)
    let bytes = try await file.read(count: Int(status.size), at: 0)
    try await file.close()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == "{\"version\":1,\"parts\":[", lines.last == "]}" else { return nil }
    let start = "{\"name\":\""
    return lines.dropFirst().dropLast().compactMap { line in
      let json = line.hasSuffix(",") ? line.dropLast() : line
      guard json.hasPrefix(start) else { return nil }
      return (String(json.dropFirst(start.count).prefix { $0 != "\"" }), String(json))
    }
  }
}
