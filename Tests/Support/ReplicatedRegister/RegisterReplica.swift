package import FlintCore

/// One of the nodes that hold the register. It answers only with what its disk will still have after a crash.
package actor RegisterReplica {
  package nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private let directory: FilePath
  private let endpoint: Endpoint
  private let bug: RegisterBug?
  private var held = TaggedValue.initial
  private var streams: [Int: FramedStream] = [:]
  private var streamCount = 0
  /// Stores that wait for the disk: one write serves all of them.
  private var waiting: [(TaggedValue, answer: @Sendable () -> Void)] = []
  private var isWriting = false

  /// Keeps its state in `directory` and listens at `endpoint`.
  package init(context: NodeContext, directory: FilePath, endpoint: Endpoint, bug: RegisterBug? = nil) {
    self.context = context
    self.directory = directory
    self.endpoint = endpoint
    self.bug = bug
  }

  private var file: FilePath { directory / "state" }

  /// Serves until the task is cancelled. `listening` gets the address that clients dial. Throws `corrupt-data` when its
  /// state on disk is damaged: a replica that forgot must not vote.
  package func run(listening: @Sendable (Endpoint) -> Void = { _ in }) async throws {
    try await context.files.createDirectory(directory)
    try await context.files.synchronizeDirectory(directory.parent)
    if try await context.files.status(of: file) != nil {
      held = try RegisterFrame.value(fromFile: try await context.files.readAll(file, limit: .kibibytes(1)))
    }
    let listener = try await context.network.listen(at: endpoint) { [self] stream in
      assumeIsolated { $0.accept(stream) }
    }
    listening(listener.endpoint)
    defer { listener.close() }
    do {
      try await context.time.sleep(until: .distantFuture)
    } catch {
      for stream in streams.values { await stream.close() }
      throw error
    }
  }

  private func accept(_ stream: any NetworkStream) {
    streamCount += 1
    let number = streamCount
    let framed = FramedStream(stream, context: context) { [self] message in
      assumeIsolated { $0.handle(message, from: number) }
    } onEnd: { [self] in
      assumeIsolated { _ = $0.streams.removeValue(forKey: number) }
    }
    streams[number] = framed
    framed.assumeIsolated { $0.start() }
  }

  private func handle(_ message: RegisterMessage, from stream: Int) {
    switch message {
    case .query(let phase): answer(.state(phase: phase, held), to: stream)
    case .store(let phase, let tagged):
      guard tagged > held else { return answer(.stored(phase: phase), to: stream) }
      if bug == .acknowledgesBeforeSync { answer(.stored(phase: phase), to: stream) }
      waiting.append(
        (tagged, { [self] in assumeIsolated { $0.answer(.stored(phase: phase), to: stream) } }))
      startWriting()
    case .state, .stored: break  // Answers are for clients.
    }
  }

  private func answer(_ message: RegisterMessage, to stream: Int) {
    streams[stream]?.assumeIsolated { $0.send(message) }
  }

  private func startWriting() {
    guard !isWriting else { return }
    isWriting = true
    Task(executorPreference: context.executors.control) { await self.write() }
  }

  /// Writes the newest waiting value until nothing waits. The state of the actor is read anew after every wait.
  private func write() async {
    while let newest = waiting.map(\.0).max() {
      let batch = waiting
      waiting = []
      do {
        if newest > held {
          try await context.files.replaceDurably(file, with: RegisterFrame.fileBytes(newest))
          held = newest
        }
        for store in batch { store.answer() }
      } catch {
        // Whoever asked will ask again.
        context.log.log(.warning, "cannot store", ["error": "\(error)"])
      }
    }
    isWriting = false
  }
}
