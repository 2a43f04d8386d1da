internal import FlintCore

/// Writes an application's event log to its file, in the order in which the lines were handed over.
///
/// The driver does not wait for it. When the file cannot be written, that is said once, and the application goes on.
actor EventWriter {
  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private let path: FilePath
  private var pending: [UInt8] = []
  private var file: (any OpenFile)?
  private var offset: Int64 = 0
  private var hasFailed = false
  private var writing: Task<Void, Never>?

  init(context: NodeContext, path: FilePath) {
    self.context = context
    self.path = path
  }

  func append(_ bytes: [UInt8]) {
    guard !hasFailed, !bytes.isEmpty else { return }
    pending += bytes
    guard writing == nil else { return }
    writing = Task(executorPreference: context.executors.control) { await self.drain() }
  }

  /// Returns when everything is written and the file is closed.
  func close() async {
    while let writing { await writing.value }
    try? await file?.close()
    file = nil
  }

  private func drain() async {
    do {
      let file = try await opened()
      while !pending.isEmpty {
        let bytes = pending
        pending = []
        try await file.write(bytes, at: offset)
        offset += Int64(bytes.count)
      }
    } catch {
      hasFailed = true
      pending = []
      context.log.warning("the event log is not written any more", ["path": "\(path)", "error": "\(error)"])
    }
    writing = nil
  }

  private func opened() async throws -> any OpenFile {
    if let file { return file }
    try await context.files.createDirectory(path.parent)
    let opened = try await context.files.open(path, .createNew)
    file = opened
    return opened
  }
}
