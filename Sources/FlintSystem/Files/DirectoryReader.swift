internal import FlintCore
internal import Glibc

/// Reads the names in a directory.
enum DirectoryReader {
  /// All names but `.` and `..`, sorted by their bytes. A name that is not UTF-8 is an `invalid-argument`: no
  /// ``FilePath`` could lead to it.
  static func names(in directory: FilePath) throws(FlintError) -> [String] {
    let what = "cannot list \(directory)"
    let stream = try withSystemText(directory.string) { text throws(FlintError) in
      guard let stream = opendir(text) else { throw FlintError(errorNumber: errno, what) }
      return stream
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw FlintError(errorNumber: errno, what) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
          String(validatingCString: $0)
        }
      }
      guard let name else {
        throw FlintError(.invalidArgument, what, why: "a name in it is not UTF-8", remedy: "rename or remove that file")
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
