import Glibc

/// What this process has open.
enum OpenDescriptors {
  /// Where each descriptor leads, in no order.
  static var targets: [String] {
    entries("/proc/self/fd").compactMap { name in
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = readlink("/proc/self/fd/\(name)", &buffer, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  static var count: Int { entries("/proc/self/fd").count }

  /// How many more there may be later without a leak of ours: Swift's own runtime opens an epoll, an eventfd and timers
  /// when it first needs them. A leak that a test looks for leaves one a round, and there are more rounds than this.
  static let runtimeAllowance = 6

  /// The names of this process's threads.
  static var threadNames: [String] {
    entries("/proc/self/task").compactMap { text("/proc/self/task/\($0)/comm").map { String($0.dropLast()) } }
  }

  /// Children that live or have not been reaped.
  static var children: [Int32] {
    entries("/proc/self/task").flatMap { thread in
      (text("/proc/self/task/\(thread)/children") ?? "").split(separator: " ").compactMap { Int32($0) }
    }
  }

  static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static func entries(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." && name != String(dirfd(directory)) { names.append(name) }
    }
    return names
  }
}
