import FlintCore
import FlintSystem
import Glibc

/// Waits until `condition` holds; throws when it still does not after 20 seconds.
func eventually(_ condition: () async throws -> Bool) async throws {
  let time = try SystemTime()
  let deadline = time.now.advanced(by: .seconds(20))
  while try await !condition() {
    guard time.now < deadline else { throw FlintError(.deadlineExceeded, "what was waited for did not come") }
    try await time.sleep(for: .milliseconds(2))
  }
}

/// The memory of this process that is in use.
enum ResidentMemory {
  static func now() throws -> ByteCount {
    guard let file = fopen("/proc/self/statm", "r") else { throw FlintError(.inputOutput, "no /proc") }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    fgets(&line, CInt(line.count), file)
    let pages = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(separator: " ")[1]
    return ByteCount(Int64(pages)! * Int64(sysconf(Int32(_SC_PAGESIZE))))
  }
}
