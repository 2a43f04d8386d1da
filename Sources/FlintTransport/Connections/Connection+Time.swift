internal import FlintCore
internal import FlintWire

/// Time: heartbeats, deadlines, and peers that have gone silent.
extension Connection {
  /// Starts to wait for ``wakeAt``.
  func startTimer() {
    timer?.cancel()
    let due = wakeAt
    timer = Task(executorPreference: context.executors.control) { [context] in
      // Cancelled: another timer runs, or the connection is over.
      guard (try? await context.time.sleep(until: due)) != nil else { return }
      await self.wake(due: due)
    }
  }

  /// Waits for the machine's next wish, if that comes before what is waited for now.
  func rearm() {
    let next = min(machine.nextWake, earliestRoomDeadline)
    guard next < wakeAt || machine.isOpen && wakeAt == .distantFuture else { return }
    wakeAt = next
    startTimer()
  }

  /// When a wait of `duration` from now is over. The limits' own is counted from the last waking, so that nobody has to look
  /// at the clock: such a wait may last a heartbeat longer.
  func deadline(after duration: Duration?) -> MonotonicInstant {
    if let duration { return context.time.now.advanced(by: duration) }
    return MonotonicInstant(nanoseconds: lastWake.nanoseconds &+ patience)
  }

  private func wake(due: MonotonicInstant) {
    guard due == wakeAt else { return }
    if isLingering {
      stream.abort()
      return release()
    }
    let now = context.time.now
    lastWake = now
    let queued = stream.queuedByteCount
    let waking = machine.wake(now: now, due: due, queued: queued, taken: handedOver &- UInt64(queued))
    if let reason = waking.closes { return abandon(reason) }
    guard endReason == nil else { return }
    expire(waking.expired)
    expireRoomWaiters(at: now)
    let late = FlintError(.deadlineExceeded, "the rest of a block from \(remote) did not come in time")
    giveUpIncomingBlock(late) { $0.deadline <= now }
    if waking.beats { sendFrame(.heartbeat) }
    // What was told above may have ended the connection.
    guard endReason == nil else { return }
    wakeAt = min(machine.nextWake, earliestRoomDeadline)
    startTimer()
  }

  private func expire(_ ids: [RequestID]) {
    guard !ids.isEmpty else { return }
    // All are taken before one is told: it may send again, in the slot of another.
    let waiting = ids.map { takeWaiter($0.slot) }
    for id in ids { sendFrame(.cancel, correlation: id.correlation) }
    for waiter in waiting { end(waiter, FlintError(.deadlineExceeded, "\(remote) did not answer in time")) }
    afterAnswer()
  }
}
