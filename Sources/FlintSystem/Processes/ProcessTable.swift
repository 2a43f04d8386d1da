package import FlintCore
internal import Glibc

/// The processes of this machine, or of this process's own namespace, as `/proc` has them.
package enum ProcessTable {
  /// The number of this process.
  package static var ownNumber: Int32 { getpid() }

  /// The numbers of all processes that live; the dead that nobody has reaped yet are none.
  package static func living() -> [Int32] {
    names(in: "/proc").compactMap { Int32($0) }.filter { state(of: $0).map { !"ZX".contains($0) } ?? false }.sorted()
  }

  /// A letter: `R` and `S` live, `T` stands still, `Z` is dead; nil when there is no such process.
  package static func state(of process: Int32) -> Character? {
    PseudoFile.text("/proc/\(process)/stat")?.split(separator: ")").last?.first { $0 != " " }
  }

  /// The program's file; nil when there is no such process or it is another user's.
  package static func program(of process: Int32) -> FilePath? { target(of: "/proc/\(process)/exe") }

  /// Whether `NAME=value` stands in the environment with which the process began.
  package static func hasMark(_ mark: String, _ process: Int32) -> Bool {
    let text = PseudoFile.text("/proc/\(process)/environ") ?? ""
    return text.split(separator: "\0").contains { $0 == mark }
  }

  /// What its descriptors are open on, by number; nil when there is no such process.
  package static func descriptors(of process: Int32) -> [Int: String]? {
    let folder = "/proc/\(process)/fd"
    let names = names(in: folder)
    guard !names.isEmpty || state(of: process) != nil else { return nil }
    var targets: [Int: String] = [:]
    for name in names {
      guard let number = Int(name), let target = target(of: "\(folder)/\(name)") else { continue }
      targets[number] = target.string
    }
    return targets
  }

  /// The most memory that it has had resident.
  package static func peakMemory(of process: Int32) -> ByteCount? { memory(of: process, "VmHWM") }

  /// The memory that it has resident now.
  package static func residentMemory(of process: Int32) -> ByteCount? { memory(of: process, "VmRSS") }

  private static func memory(of process: Int32, _ field: String) -> ByteCount? {
    for line in (PseudoFile.text("/proc/\(process)/status") ?? "").split(separator: "\n") {
      guard line.hasPrefix(field + ":") else { continue }
      return Int64(line.filter { $0.isASCII && $0.isNumber }).map { .kibibytes($0) }
    }
    return nil
  }

  private static func target(of link: String) -> FilePath? {
    var path = [CChar](repeating: 0, count: 4096)
    let count = readlink(link, &path, path.count)
    return count > 0 ? FilePath(String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)) : nil
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
