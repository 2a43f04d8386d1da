public import FlintCore
internal import FlintWire

/// What arrives.
extension Connection: StreamReceiver {
  /// The place of a block on its way, so that its bytes are not copied.
  public nonisolated func streamWantsMemory() -> UnsafeMutableRawBufferPointer? {
    // A pointer cannot leave the isolation, numbers can.
    let place = assumeIsolated { connection in
      connection.incomingBlock?.memory.map { (UInt(bitPattern: $0.baseAddress), $0.count) }
    }
    return place.map { UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: $0.0), count: $0.1) }
  }

  /// The stream's bytes, frame by frame.
  public nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    // A pointer cannot be sent into the isolation, a number can; both are this thread's.
    let (address, count) = (UInt(bitPattern: bytes.baseAddress), bytes.count)
    assumeIsolated { connection in
      connection.receive(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
    }
  }

  /// The queue has sunk: senders go on.
  public nonisolated func streamDrained() {
    assumeIsolated { $0.drained() }
  }

  /// The stream's receiving side ended.
  public nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { connection in
      if connection.isLingering {
        connection.stream.abort()
        connection.release()
      } else {
        connection.carryOut(connection.machine.streamEnded(end))
      }
    }
  }

  private func receive(_ bytes: UnsafeRawBufferPointer) {
    guard !machine.isOver else { return }
    machine.noteReceived()
    isCorked = true
    var input = bytes
    do throws(FrameFault) {
      while !input.isEmpty {
        if isReceivingBlock {
          receiveBlock(&input)
        } else if try reader.advance(&input, limit: machine.frameLimit) {
          if let kind = machine.plainMessage(reader.header.kind, reader.header.message) {
            deliver(kind, reader.body, nil)
          } else {
            handle(Frame(header: reader.header, body: reader.body))
          }
        }
        if machine.isOver { break }
      }
    } catch {
      carryOut(machine.fail(error))
    }
    isCorked = false
    flush()
  }

  private func handle(_ frame: Frame) {
    let step = machine.receive(frame)
    switch step {
    case .message(let kind): deliver(kind, frame.body, nil)
    case .request(let kind, let id): deliver(kind, frame.body, id)
    case .requestInPlace(let kind, let id, let old):
      workers.removeValue(forKey: old)?.cancel()
      deliver(kind, frame.body, id)
    case .answer(let slot, let kind): answer(slot, kind, frame.body)
    case .failure(let slot): fail(slot, frame.body)
    case .block(let slot): beginBlock(slot, frame.body)
    default: carryOut(step)
    }
  }

  /// Carries out a step that needs no frame's body.
  func carryOut(_ step: ConnectionMachine.Step) {
    switch step {
    case .ignore, .message, .request, .requestInPlace, .answer, .failure, .block: break
    case .open: introduced()
    case .welcome:
      sendIntroduction(.welcome)
      introduced()
    case .refuse(let reason):
      sendFrame(.refused)
      // Long enough for the refusal to arrive; a stranger gets no more.
      finish(reason, within: limits.heartbeatInterval)
    case .cancel(let id):
      workers.removeValue(forKey: id)?.cancel()
      carryOut(machine.stepWhenIdle())
    case .leave:
      sendFrame(.goodbye)
      failRoomWaiters()
      carryOut(machine.stepWhenIdle())
    case .finish: finish(.left, within: limits.writeDeadline)
    case .close(let reason): abandon(reason)
    }
  }

  /// The handshake is over: from here on there is a handler, or no connection.
  private func introduced() {
    guard let peer = machine.peer, let introduced = onIntroduced.take() else { return }
    guard let handler = introduced(self, .success(peer)) else { return carryOut(machine.reject(.notAdmitted)) }
    // It may have ended the connection.
    if machine.isOver { return }
    (received, unread, onEnded) = (handler.received, handler.unread, handler.ended)
    rearm()
  }

  private func deliver(_ kind: MessageKind, _ body: UnsafeRawBufferPointer, _ request: RequestID?) {
    if let unread, unread(self, kind, body, request) { return }
    let message: Message
    do throws(WireFault) {
      message = try Message(kind, body: body)
    } catch {
      return carryOut(machine.reject(.undecodable(kind, error)))
    }
    if let speaker = message.speaker, speaker != machine.peer?.executor {
      return carryOut(machine.reject(.falseSpeaker(speaker)))
    }
    received?(self, message, request)
  }

  private func answer(_ slot: Int, _ kind: MessageKind, _ body: UnsafeRawBufferPointer) {
    let waiter = takeWaiter(slot)
    do throws(WireFault) {
      let message = try Message(kind, body: body)
      switch waiter {
      case .continuation(let continuation, _): continuation.resume(returning: message)
      case .callback(let completion): completion(self, .success(message))
      case .nobody, .block: break
      }
    } catch {
      end(waiter, FlintError(.connectionLost, "the answer of \(remote) cannot be read"))
      return carryOut(machine.reject(.undecodable(kind, error)))
    }
    afterAnswer()
  }

  private func fail(_ slot: Int, _ body: UnsafeRawBufferPointer) {
    let waiter = takeWaiter(slot)
    do throws(WireFault) {
      end(waiter, try RemoteError(body: body).error)
    } catch {
      end(waiter, FlintError(.connectionLost, "the answer of \(remote) cannot be read"))
      return carryOut(machine.reject(.undecodableFailure(error)))
    }
    afterAnswer()
  }

  /// A slot has become free.
  func afterAnswer() {
    if !roomWaiters.isEmpty { wakeRoomWaiters() }
    if machine.isLeaving { carryOut(machine.stepWhenIdle()) }
  }

  private func drained() {
    if isPaused {
      isPaused = false
      stream.resumeReceiving()
    }
    wakeRoomWaiters()
  }
}
