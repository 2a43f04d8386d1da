package import FlintCore
internal import Glibc

/// How much memory this process holds, for tests that bound what others can make it take.
package enum HeldMemory {
  /// What is resident. Under AddressSanitizer what is allocated: it keeps freed memory back on purpose, to see who still
  /// touches it, and that is nobody's growth.
  package static func now() throws(FlintError) -> ByteCount {
    if let allocated = allocatedUnderSanitizer { return ByteCount(Int64(allocated())) }
    guard let file = fopen("/proc/self/statm", "r") else { throw FlintError(.inputOutput, "no /proc") }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    fgets(&line, CInt(line.count), file)
    let numbers = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")
    guard numbers.count > 1, let pages = Int64(numbers[1]) else { throw FlintError(.inputOutput, "no /proc") }
    return ByteCount(pages * Int64(sysconf(Int32(_SC_PAGESIZE))))
  }

  /// AddressSanitizer's own count of bytes, where it watches.
  private static let allocatedUnderSanitizer: (@convention(c) () -> Int)? = {
    // ThreadSanitizer counts as well, and keeps nothing back.
    guard dlsym(nil, "__asan_init") != nil, let count = dlsym(nil, "__sanitizer_get_current_allocated_bytes") else {
      return nil
    }
    return unsafeBitCast(count, to: (@convention(c) () -> Int).self)
  }()
}
