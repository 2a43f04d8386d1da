internal import Dispatch
internal import Foundation
internal import Glibc

/// A way out of the simulation, which the guard must bar.
struct Escape: Sendable {
  let name: String
  let body: @Sendable () async -> Void

  init(_ name: String, _ body: @escaping @Sendable () async -> Void) {
    self.name = name
    self.body = body
  }

  static let all = dispatch + threads + clocks + files + randomness

  private static let dispatch = [
    Escape("dispatch-async") {
      await withCheckedContinuation { continuation in DispatchQueue.global().async { continuation.resume() } }
    },
    Escape("dispatch-after") {
      await withCheckedContinuation { continuation in
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { continuation.resume() }
      }
    },
    Escape("dispatch-actor") { await QueueActor().step() },
    Escape("dispatch-timer") {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .milliseconds(50))
        timer.setEventHandler {
          timer.cancel()
          continuation.resume()
        }
        timer.resume()
      }
    },
  ]

  private static let threads = [
    Escape("thread") {
      var thread = pthread_t()
      pthread_create(&thread, nil, { _ in nil }, nil)
    },
    Escape("foundation-thread") {
      await withCheckedContinuation { continuation in Thread.detachNewThread { continuation.resume() } }
    },
    Escape("foundation-process") {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/true")
      try? process.run()
      process.waitUntilExit()
    },
    Escape("spawn") {
      var process: pid_t = 0
      var arguments: [UnsafeMutablePointer<CChar>?] = [nil]
      posix_spawn(&process, "/bin/true", nil, nil, &arguments, environ)
    },
  ]

  private static let clocks = [
    Escape("swift-clock") { _ = ContinuousClock.now },
    Escape("libc-clock") {
      var now = timespec()
      clock_gettime(CLOCK_MONOTONIC, &now)
    },
    Escape("foundation-date") { _ = Date() },
    Escape("swift-sleep") { try? await Task.sleep(for: .milliseconds(1)) },
    Escape("blocking-sleep") { usleep(1000) },
  ]

  private static let files = [
    Escape("file") { _ = open("/etc/hostname", O_RDONLY) },
    Escape("stdio-file") { _ = fopen("/etc/hostname", "r") },
    Escape("foundation-file") { _ = FileManager.default.contents(atPath: "/etc/hostname") },
    Escape("file-status") {
      var status = stat()
      stat("/etc/hostname", &status)
    },
    Escape("directory-change") { chdir("/tmp") },
    Escape("socket") { _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) },
    Escape("standard-input") {
      var byte: UInt8 = 0
      read(0, &byte, 1)
    },
  ]

  private static let randomness = [
    Escape("swift-randomness") { _ = Int.random(in: 0..<1_000_000) },
    Escape("shuffle") { _ = (0..<100).shuffled() },
    Escape("uuid") { _ = UUID() },
    Escape("libc-randomness") {
      var number: UInt64 = 0
      getentropy(&number, 8)
    },
  ]
}

/// Runs an actor's jobs on a queue, as executors of Dispatch do.
private final class QueueExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "canary")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

private actor QueueActor {
  private let executor = QueueExecutor()
  private var count = 0
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func step() { count += 1 }
}
