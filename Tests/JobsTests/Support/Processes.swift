import FlintCore
import Glibc

/// The processes of this machine, as /proc has them.
enum Processes {
  /// Those that run `program`, whoever started them, but for the dead that nobody has reaped yet.
  static func running(_ program: FilePath) -> [Int32] {
    names(in: "/proc").compactMap { Int32($0) }.filter { identifier in
      target(of: "/proc/\(identifier)/exe") == program.string
    }.sorted()
  }

  /// A letter: `R` and `S` live, `T` stands still, `Z` is dead; nil when there is no such process.
  static func state(_ identifier: Int32) -> Character? {
    guard let file = fopen("/proc/\(identifier)/stat", "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    return text.split(separator: ")").last?.first { $0 != " " }
  }

  /// Bytes that a process has resident now; nil when there is no such process.
  static func resident(_ identifier: Int32) -> Int? {
    guard let file = fopen("/proc/\(identifier)/statm", "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = fread(&bytes, 1, bytes.count, file)
    let fields = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? Int(fields[1]).map { $0 * Int(getpagesize()) } : nil
  }

  /// How many files, sockets and pipes a process has open.
  static func descriptorCount(_ identifier: Int32) -> Int {
    names(in: "/proc/\(identifier)/fd").count { Int32($0) != nil }
  }

  /// The most bytes that a process has had resident.
  static func peakMemory(_ identifier: Int32) throws -> Int {
    guard let file = fopen("/proc/\(identifier)/status", "r") else {
      throw FlintError(.fileNotFound, "there is no process \(identifier)")
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) else {
      throw FlintError(.corruptData, "the kernel does not say how large process \(identifier) was")
    }
    return kibibytes << 10
  }

  private static func target(of link: String) -> String? {
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink(link, &path, path.count)
    return count > 0 ? String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }
}
