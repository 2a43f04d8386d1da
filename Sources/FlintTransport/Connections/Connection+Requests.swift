public import FlintCore
public import FlintWire

/// Requests and those who wait for their answers.
extension Connection {
  /// Sends a request and returns its answer.
  ///
  /// Waits for room first, so that nobody floods the peer. Throws the error that the peer answers with,
  /// `deadline-exceeded` when no answer has come within `duration` (nil: the limits' `requestDeadline`), `connection-lost`
  /// when the connection ends before, and `CancellationError` when the current Swift task is cancelled; then the peer is
  /// told that nobody waits. After the last three it is unknown whether the peer has seen the request.
  public func request(_ message: Message, within duration: Duration? = nil) async throws -> Message {
    try await wait(until: deadline(after: duration)) {
      deadline, ticket, waiting in
      begin(message, deadline: deadline, .continuation(waiting, ticket: ticket))
    }
  }

  /// Sends a request and calls `completion` with its answer, or with why there is none, on the control loop. Without a
  /// Swift task: for code that sends very many. Calls it at once when the request cannot be sent.
  public func request(
    _ message: Message, within duration: Duration? = nil,
    completion: @escaping (_ connection: isolated Connection, Result<Message, FlintError>) -> Void
  ) {
    guard hasRoom || !machine.isOpen else {
      return completion(
        self, .failure(FlintError(.resourceExhausted, "too many requests wait for answers of \(remote)")))
    }
    let deadline = deadline(after: duration)
    begin(message, deadline: deadline, .callback(completion))
  }

  /// Lets `start` send a request, once there is room, and waits for what its continuation gets.
  func wait<Answer: Sendable>(
    until deadline: MonotonicInstant, _ start: (MonotonicInstant, UInt64, UnsafeContinuation<Answer, any Error>) -> Void
  ) async throws -> Answer {
    while true {
      if !hasRoom, machine.isOpen { try await waitForRoom(until: deadline) }
      ticketCount += 1
      let ticket = ticketCount
      do {
        return try await withTaskCancellationHandler {
          try await withUnsafeThrowingContinuation { continuation in
            // What was looked at before may have changed; from here on nobody comes between.
            if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
            guard hasRoom || !machine.isOpen else { return continuation.resume(throwing: NoRoom()) }
            start(deadline, ticket, continuation)
          }
        } onCancel: {
          Task(executorPreference: context.executors.control) { await self.cancel(ticket) }
        }
      } catch is NoRoom {}
    }
  }

  var hasRoom: Bool {
    machine.hasRoomForRequest && stream.queuedByteCount <= highWaterMark
  }

  /// Sends `message` as a request for `waiter`, who is told when that cannot be done.
  func begin(_ message: Message, deadline: MonotonicInstant, _ waiter: Waiter) {
    do throws(FlintError) {
      try requireOpen(message.kind, as: .request)
      let start = try startFrame(message)
      let id = machine.beginRequest(message.kind, deadline: deadline)
      finishFrame(from: start, .request, message.kind, id.correlation)
      if id.slot == waiters.count { waiters.append(waiter) } else { waiters[id.slot] = waiter }
      if deadline < wakeAt { rearm() }
    } catch {
      end(waiter, error)
    }
  }

  // MARK: Waiters

  /// The Swift task with this ticket was cancelled: it need not wait, and the peer is told that nobody does.
  private func cancel(_ ticket: UInt64) {
    cancelRoomWaiter(ticket)
    giveUpIncomingBlock(CancellationError()) { $0.ticket == ticket }
    guard let slot = waiters.firstIndex(where: { $0.ticket == ticket }), let id = machine.openRequest(in: slot) else {
      return
    }
    giveUp(id, CancellationError())
  }

  /// Whoever waits for the answer to `id` gets `error` instead, the peer a cancellation.
  func giveUp(_ id: RequestID, _ error: any Error) {
    guard machine.abandon(id) else { return }
    let waiter = takeWaiter(id.slot)
    sendFrame(.cancel, correlation: id.correlation)
    end(waiter, error)
    afterAnswer()
  }

  @inline(__always)
  func takeWaiter(_ slot: Int) -> Waiter {
    var waiter = Waiter.nobody
    swap(&waiter, &waiters[slot])
    return waiter
  }

  func end(_ waiter: Waiter, _ error: any Error) {
    switch waiter {
    case .nobody: break
    case .continuation(let continuation, _): continuation.resume(throwing: error)
    case .callback(let completion): completion(self, .failure(error as? FlintError ?? RemoteError(error).error))
    case .block(let waiter): waiter.continuation.resume(throwing: error)
    }
  }
}
