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

/// The descriptors of this process.
enum OpenDescriptors {
  static func count() throws -> Int {
    guard let directory = opendir("/proc/self/fd") else { throw FlintError(.inputOutput, "no /proc") }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }
}
