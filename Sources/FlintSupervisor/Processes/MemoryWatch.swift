internal import FlintCore
internal import FlintSystem
internal import Synchronization

/// Looks at the memory of all processes with a mark, again and again, until it is ended.
final class MemoryWatch: Sendable {
  private static let pause = Duration.milliseconds(100)

  private let seen = Mutex<[Int32: ByteCount]>([:])
  private let watching = Mutex<Task<Void, Never>?>(nil)

  init(_ mark: String, context: NodeContext) {
    let task = Task { [weak self] in
      while !Task.isCancelled {
        for process in ProcessTable.living() where ProcessTable.hasMark(mark, process) { self?.look(at: process) }
        guard self != nil, (try? await context.time.sleep(for: Self.pause)) != nil else { return }
      }
    }
    watching.withLock { $0 = task }
  }

  /// By process, the most that it has had resident.
  var peaks: [Int32: ByteCount] { seen.withLock { $0 } }

  /// Returns when nobody looks any more.
  func end() async {
    let task = watching.withLock { $0 }
    task?.cancel()
    await task?.value
  }

  private func look(at process: Int32) {
    guard let peak = ProcessTable.peakMemory(of: process) else { return }
    seen.withLock { $0[process] = max($0[process] ?? peak, peak) }
  }
}
