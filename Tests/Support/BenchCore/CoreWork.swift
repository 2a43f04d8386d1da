import FlintCore
import Synchronization

/// What can be measured of the core.
enum CoreWork {
  /// Checksums a buffer of 64 KiB, which stays in the cache, until `count` bytes are done.
  static func checksum(bytes count: Int) {
    let buffer = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var checksum = CRC32C()
    var left = count
    buffer.withUnsafeBytes { buffer in
      while left > 0 {
        let part = min(left, buffer.count)
        checksum.update(UnsafeRawBufferPointer(rebasing: buffer[..<part]))
        left -= part
      }
    }
    print("bytes=\(count) crc32c=\(String(checksum.value, radix: 16))")
  }

  /// Writes `count` lines with two facts as JSON into a sink that counts the bytes.
  static func log(lines count: Int) {
    let bytes = BytesWritten()
    let handler = JSONLogHandler(time: StandingTime()) { bytes.count.add($0.count, ordering: .relaxed) }
    var log = Logger(label: "driver.scheduler", handler: handler)
    log["application"] = "7"
    for number in 0..<count {
      log.info("stage submitted", ["stage": "\(number)"])
    }
    print("lines=\(count) bytes=\(bytes.count.load(ordering: .relaxed))")
  }

  /// Increments a counter `count` times.
  static func count(times count: Int) {
    let counter = MetricRegistry().counter("bench_total", help: "Increments.")
    for _ in 0..<count { counter.increment() }
    print("increments=\(counter.value)")
  }

  private final class BytesWritten: Sendable {
    let count = Atomic<Int>(0)
  }

  /// A clock that stands: the benchmark is not about asking the system for the time.
  private struct StandingTime: TimeSource {
    let now = MonotonicInstant(nanoseconds: 0)
    let wallTime = WallTime(microseconds: 1_795_187_045_123_456)

    func sleep(until deadline: MonotonicInstant) async throws {}
  }
}
