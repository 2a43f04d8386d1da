internal import FlintCore

/// Somebody who waits until there is room, in the queue or in the table of requests.
struct RoomWaiter {
  let ticket: UInt64
  /// In nanoseconds of the node's clock.
  let deadline: Int64
  let continuation: UnsafeContinuation<Void, any Error>
}

/// Back-pressure: who sends too much stands here.
extension Connection {
  /// Returns when there may be room; throws `connection-lost` when the connection ends before, `deadline-exceeded`, or
  /// `CancellationError`.
  func waitForRoom(until deadline: MonotonicInstant = .distantFuture) async throws {
    ticketCount += 1
    let ticket = ticketCount
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        guard machine.isOpen else { return continuation.resume(throwing: notOpen()) }
        if hasRoom { return continuation.resume() }
        roomWaiters.append(
          RoomWaiter(ticket: ticket, deadline: deadline.nanoseconds, continuation: continuation))
        if deadline < wakeAt { rearm() }
      }
    } onCancel: {
      Task(executorPreference: context.executors.control) { await self.cancelRoomWaiter(ticket) }
    }
  }

  /// Lets those go on who wait for room, oldest first; each looks again.
  func wakeRoomWaiters() {
    guard !roomWaiters.isEmpty, hasRoom else { return }
    let waiting = roomWaiters
    roomWaiters = []
    for waiter in waiting { waiter.continuation.resume() }
  }

  func failRoomWaiters() {
    let waiting = roomWaiters
    roomWaiters = []
    for waiter in waiting { waiter.continuation.resume(throwing: notOpen()) }
  }

  func cancelRoomWaiter(_ ticket: UInt64) {
    guard let index = roomWaiters.firstIndex(where: { $0.ticket == ticket }) else { return }
    roomWaiters.remove(at: index).continuation.resume(throwing: CancellationError())
  }

  /// Gives up those whose deadline has come.
  func expireRoomWaiters(at now: MonotonicInstant) {
    let late = roomWaiters.filter { $0.deadline <= now.nanoseconds }
    guard !late.isEmpty else { return }
    roomWaiters.removeAll { $0.deadline <= now.nanoseconds }
    for waiter in late {
      waiter.continuation.resume(
        throwing: FlintError(.deadlineExceeded, "there was no room to send to \(remote) in time"))
    }
  }

  var earliestRoomDeadline: MonotonicInstant {
    MonotonicInstant(nanoseconds: roomWaiters.map(\.deadline).min() ?? .max)
  }
}
