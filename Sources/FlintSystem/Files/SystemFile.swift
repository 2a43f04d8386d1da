internal import FlintCore
internal import Glibc
internal import Synchronization

/// A file of the machine. Its calls run on the file threads, at their own positions, so any number may overlap. Only what the
/// system has in memory is read at once: two changes of threads cost more than to copy it.
final class SystemFile: OpenFile {
  private struct State {
    var isClosed = false
    /// Calls that were made and have not ended: as long as there are any, the descriptor stays open.
    var calls = 0
    var closer: CheckedContinuation<Void, Never>?
  }

  let path: FilePath
  let descriptor: CInt
  private let threads: FileThreads
  private let state = Mutex(State())

  /// Takes over a descriptor, and closes it when it does not lead to a regular file.
  init(opened descriptor: CInt, path: FilePath, threads: FileThreads) throws(FlintError) {
    self.path = path
    self.descriptor = descriptor
    self.threads = threads
    do throws(FlintError) {
      guard try FileStatus.of(descriptor, path).kind == .file else {
        throw FlintError(.invalidArgument, "cannot open \(path)", why: "it is not a regular file")
      }
    } catch {
      state.withLock { $0.isClosed = true }
      Glibc.close(descriptor)
      throw error
    }
  }

  deinit {
    guard !state.withLock({ $0.isClosed }) else { return }
    threads.perform { [descriptor] in _ = Glibc.close(descriptor) }
  }

  // MARK: Calls

  func read(count: Int, at offset: Int64) async throws -> [UInt8] {
    precondition(count >= 0 && offset >= 0, "\(count) bytes at \(offset) cannot be read")
    let cached = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try readCached(UnsafeMutableRawBufferPointer(buffer), at: offset)
    }
    if cached.count == count { return cached }
    return try await use { [path] descriptor in
      try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        filled = try PositionalTransfer.read(UnsafeMutableRawBufferPointer(buffer), descriptor, at: offset, path)
      }
    }
  }

  func read(into slab: Slab, range: Range<Int>, at offset: Int64) async throws -> Int {
    precondition(isInside(range, slab) && offset >= 0, "\(range) at \(offset) cannot be read")
    let cached = try readCached(UnsafeMutableRawBufferPointer(rebasing: slab.bytes[range]), at: offset)
    if cached == range.count { return cached }
    let rest = range.dropFirst(cached)
    return try await use { [path] descriptor in
      cached
        + (try PositionalTransfer.read(
          UnsafeMutableRawBufferPointer(rebasing: slab.bytes[rest]), descriptor, at: offset + Int64(cached), path))
    }
  }

  func write(_ bytes: [UInt8], at offset: Int64) async throws {
    precondition(offset >= 0, "nothing can be written at \(offset)")
    try await use { [path] descriptor in
      try bytes.withUnsafeBytes { try PositionalTransfer.write($0, descriptor, at: offset, path) }
    }
  }

  func write(_ slab: Slab, range: Range<Int>, at offset: Int64) async throws {
    precondition(isInside(range, slab) && offset >= 0, "\(range) at \(offset) cannot be written")
    try await use { [path] descriptor in
      try PositionalTransfer.write(UnsafeRawBufferPointer(rebasing: slab.bytes[range]), descriptor, at: offset, path)
    }
  }

  func size() async throws -> Int64 {
    try await use { [path] in try FileStatus.of($0, path).size }
  }

  func truncate(to size: Int64) async throws {
    precondition(size >= 0, "a file cannot have \(size) bytes")
    try await use { [path] descriptor in
      _ = try systemCall("cannot cut \(path) to \(size) bytes") { ftruncate(descriptor, off_t(size)) }
    }
  }

  func synchronize() async throws {
    // fdatasync writes the length too; it leaves out only times and modes, which nobody here relies on.
    try await use { [path] descriptor in
      _ = try systemCall("cannot sync \(path)") { fdatasync(descriptor) }
    }
  }

  func close() async throws {
    let isFirst = await markClosedAndWaitForCalls()
    guard isFirst else { return }
    // Neither cancellation nor a full queue may leave the descriptor open.
    try await threads.runAlways { [path, descriptor] in
      // Once is enough: Linux frees the descriptor even when it reports an error or an interruption.
      guard Glibc.close(descriptor) != 0, errno != EINTR else { return }
      throw FlintError(errorNumber: errno, "cannot close \(path)")
    }
  }

  // MARK: Helpers

  /// Reads what is in memory on the caller's thread.
  private func readCached(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
    try Task.checkCancellation()
    try enter()
    defer { leave() }
    return PositionalTransfer.readCached(buffer, descriptor, at: offset)
  }

  /// Runs `work` on a file thread with a descriptor that stays open meanwhile.
  private func use<Value: Sendable>(_ work: @escaping @Sendable (CInt) throws -> Value) async throws -> Value {
    try enter()
    defer { leave() }
    return try await threads.run { [descriptor] in try work(descriptor) }
  }

  /// Begins a call, during which the descriptor stays open.
  func enter() throws(FlintError) {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.calls += 1 }
      return !state.isClosed
    }
    guard isOpen else { throw FlintError(.invalidArgument, "\(path) was used after it had been closed") }
  }

  /// Ends a call.
  func leave() {
    let closer = state.withLock { state in
      state.calls -= 1
      return state.calls == 0 ? state.closer.take() : nil
    }
    closer?.resume()
  }

  /// False when somebody else has closed the file or is about to.
  private func markClosedAndWaitForCalls() async -> Bool {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return false }
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.calls > 0 { state.closer = continuation }
        return state.calls == 0
      }
      if isIdle { continuation.resume() }
    }
    return true
  }

  private func isInside(_ range: Range<Int>, _ slab: Slab) -> Bool {
    range.lowerBound >= 0 && range.upperBound <= slab.bytes.count
  }
}
