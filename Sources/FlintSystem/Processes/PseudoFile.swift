internal import Glibc

/// Small files that the kernel makes up when they are read: they never wait for a disk.
enum PseudoFile {
  /// More than any of the files that are read here has.
  private static let limit = 64 << 10

  /// The file's text; nil when it is not there.
  static func text(_ path: String) -> String? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    defer { close(number) }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let part = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, filled in
        filled = max(read(number, buffer.baseAddress, buffer.count), 0)
      }
      if part.isEmpty { break }
      bytes += part
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number in the line `<name> <number>`.
  static func number(named name: String, in text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(name + " ") {
      return Int(line.dropFirst(name.count + 1))
    }
    return nil
  }
}
