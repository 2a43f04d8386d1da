internal import FoundationEssentials

extension Repository {
  /// Directories of machinery and of results, which hold nothing that was written by hand.
  private static let skipped: Set<String> = [".git", ".build", ".swiftpm", "__pycache__"]
  private static let sizeLimit = 4 << 20

  /// Reads every text file under `root`. Throws when a directory cannot be listed or a file cannot be read.
  package init(readingFrom root: String) throws {
    var files: [String: String] = [:]
    var pending = [""]
    while let directory = pending.popLast() {
      let names = try FileManager.default.contentsOfDirectory(atPath: root + "/" + directory)
      for name in names where !Self.skipped.contains(name) {
        let path = directory.isEmpty ? name : directory + "/" + name
        let kind = try FileManager.default.attributesOfItem(atPath: root + "/" + path)[.type] as? FileAttributeType
        if kind == .typeDirectory {
          pending.append(path)
        } else if kind == .typeRegular, let text = try Self.text(at: root + "/" + path) {
          files[path] = text
        }
      }
    }
    self.init(files: files)
  }

  /// The file's text, or nil when it is no text or too large to have been written by hand.
  private static func text(at path: String) throws -> String? {
    let data = try Data(contentsOf: URL(filePath: path))
    guard data.count <= sizeLimit, !data.contains(0) else { return nil }
    return String(data: data, encoding: .utf8)
  }
}
