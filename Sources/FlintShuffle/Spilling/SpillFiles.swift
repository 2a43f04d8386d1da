public import FlintStorage
public import FlintTasks
internal import Synchronization

/// The files of one try at a task for what it has no memory for. They end with it.
public final class SpillFiles: Sendable {
  private let disk: DiskStore
  private let counters: TaskCounters
  private let files = Mutex<[any SpillFile]>([])

  /// No files yet; they will be on `disk`, and what they take is counted by `counters`.
  public init(_ disk: DiskStore, counters: TaskCounters) {
    self.disk = disk
    self.counters = counters
  }

  /// A new file. Throws `disk-full` and the other errors of files.
  public func make() async throws -> any SpillFile {
    let file = TaskSpillFile(try await disk.makeScratchFile(), counters)
    files.withLock { $0.append(file) }
    return file
  }

  /// Removes all files: to be called when the task has ended.
  public func removeAll() async {
    let all = files.withLock { files in
      defer { files = [] }
      return files
    }
    for file in all { await file.remove() }
  }
}
