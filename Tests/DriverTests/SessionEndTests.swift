import FlintCore
import FlintDatasets
import FlintDriver
import FlintSystem
import Glibc
import Testing

/// What a session leaves in a process that goes on.
@Suite("The end of a session", .serialized)
struct SessionEndTests {
  private static func count(_ folder: String) -> Int {
    guard let directory = opendir(folder) else { return 0 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }

  private static func run() async throws {
    let flint = try await Session.builder.master("local[2]").config("flint.eventLog.enabled", "false")
      .config("flint.progress", "off").getOrCreate()
    let sums = try await flint.range(0..<1000).map { ($0 % 10, $0) }.reduceByKey(+).collect()
    #expect(sums.count == 10)
    await flint.stop()
  }

  @Test("a session that was stopped leaves no descriptor and no thread behind", .timeLimit(.minutes(1)))
  func none() async throws {
    // What the first one leaves belongs to the process: Swift's own threads, the random numbers' file.
    try await Self.run()
    let before = (Self.count("/proc/self/fd"), Self.count("/proc/self/task"))
    for _ in 0..<5 { try await Self.run() }
    // The last one's files and threads go a moment after its end; Swift may have added a thread of its own.
    let time = try SystemTime()
    let deadline = time.now.advanced(by: .seconds(20))
    var after = (Self.count("/proc/self/fd"), Self.count("/proc/self/task"))
    while after.0 > before.0 || after.1 >= before.1 + 5, time.now < deadline {
      try await time.sleep(for: .milliseconds(2))
      after = (Self.count("/proc/self/fd"), Self.count("/proc/self/task"))
    }
    #expect(after.0 <= before.0)
    #expect(after.1 < before.1 + 5)
  }
}
