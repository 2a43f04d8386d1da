public import FlintCore
public import FlintWire

/// Blocks: the asking side and the answering side.
extension Connection {
  /// Fetches a part of a block into memory of `budget`, whose first `length` bytes it is.
  ///
  /// Its checksum has matched. Throws `corrupt-data` when it does not, `memory-budget-exceeded` when the budget has no room,
  /// the error that the peer answers with, and what ``request(_:within:)`` throws.
  public func fetch(
    _ request: BlockRequest, into budget: MemoryBudget, within duration: Duration? = nil
  ) async throws -> Slab {
    try await fetch(request, within: duration) { count throws(FlintError) in try Slab(count: count, budget: budget) }
  }

  /// As ``fetch(_:into:within:)``, into memory that `room` makes for so many bytes once they are on their way: a pool's, for
  /// who fetches many. What arrives damaged, or too late, goes with its memory.
  public func fetch(
    _ request: BlockRequest, within duration: Duration? = nil,
    room: @escaping @Sendable (_ count: Int) throws(FlintError) -> Slab
  ) async throws -> Slab {
    precondition((1...UInt64(Int32.max)).contains(request.length), "a fetch of \(request.length) bytes")
    return try await wait(until: deadline(after: duration)) {
      deadline, ticket, continuation in
      let waiter = BlockWaiter(
        request: request, room: room, deadline: deadline, continuation: continuation, ticket: ticket)
      begin(.fetchBlock(request), deadline: deadline, .block(waiter))
    }
  }

  /// Answers a request for a block by `range` of `slab`; `checksum` is the CRC-32C of those bytes. Nobody may change them
  /// before they are sent.
  public func answer(
    _ request: RequestID, with part: BlockRequest, from slab: Slab, range: Range<Int>, checksum: UInt32
  ) {
    guard announce(request, part, range.count, checksum) else { return }
    noteHandedOver(range.count)
    stream.send(slab, range: range)
  }

  /// Answers a request for a block by `ranges` of `file`, one behind another; `checksum` is the CRC-32C of those bytes.
  public func answer(
    _ request: RequestID, with part: BlockRequest, from file: any OpenFile, ranges: [Range<Int64>], checksum: UInt32
  ) {
    let count = ranges.reduce(0) { $0 + $1.count }
    guard announce(request, part, count, checksum) else { return }
    noteHandedOver(count)
    for range in ranges { stream.send(file, range: range) }
  }

  /// Waits until the queue is below its high-water mark: before each answer by a block.
  public func waitForRoomToSend() async throws {
    while stream.queuedByteCount > highWaterMark { try await waitForRoom() }
    guard machine.isOpen || machine.isLeaving else { throw notOpen() }
  }

  private func noteHandedOver(_ count: Int) {
    handedOver &+= UInt64(count)
    queuedAtMost += count
  }

  private func announce(_ request: RequestID, _ part: BlockRequest, _ count: Int, _ checksum: UInt32) -> Bool {
    precondition(UInt64(count) == part.length, "a part of \(part.length) bytes is answered by \(count)")
    guard machine.beginAnswer(request) else { return false }
    workers[request] = nil
    let header = BlockHeader(block: part.block, offset: part.offset, length: part.length, checksum: checksum)
    let start = writer.startFrame()
    Message.sendBlock(header).write(to: &writer)
    finishFrame(from: start, .block, .sendBlock, request.correlation)
    // The bytes follow at once, past the collected frames.
    flush()
    return true
  }

  // MARK: What arrives

  /// The header of a block has arrived: it must be the one that was asked for.
  func beginBlock(_ slot: Int?, _ body: UnsafeRawBufferPointer) {
    let waiter = slot.map(takeWaiter)
    let lost = FlintError(.connectionLost, "the answer of \(remote) cannot be read")
    do throws(WireFault) {
      guard case .sendBlock(let header) = try Message(.sendBlock, body: body) else { return }
      guard case .block(let wanted)? = waiter else {
        return begin(IncomingBlock(header, for: nil, into: nil))
      }
      let asked = wanted.request
      guard (header.block, header.offset, header.length) == (asked.block, asked.offset, asked.length) else {
        end(.block(wanted), lost)
        return carryOut(machine.reject(.wrongBlock))
      }
      do throws(FlintError) {
        let slab = try wanted.room(Int(header.length))
        precondition(slab.bytes.count >= Int(header.length), "the memory for a block has room for it")
        begin(IncomingBlock(header, for: wanted, into: slab))
      } catch {
        end(.block(wanted), error)
        begin(IncomingBlock(header, for: nil, into: nil))
      }
    } catch {
      if let waiter { end(waiter, lost) }
      carryOut(machine.reject(.undecodable(.sendBlock, error)))
    }
  }

  private func begin(_ block: IncomingBlock) {
    incomingBlock = block
    if block.isComplete { endBlock() }
  }

  func receiveBlock(_ input: inout UnsafeRawBufferPointer) {
    incomingBlock?.take(&input)
    if incomingBlock?.isComplete == true { endBlock() }
  }

  /// Whoever waits for the block that arrives now gets `error` instead; the rest of its bytes is thrown away.
  func giveUpIncomingBlock(_ error: any Error, if condition: (BlockWaiter) -> Bool) {
    guard let waiter = incomingBlock?.waiter, condition(waiter) else { return }
    incomingBlock?.discard()
    waiter.continuation.resume(throwing: error)
  }

  private func endBlock() {
    guard let block = incomingBlock.take() else { return }
    if let waiter = block.waiter, let slab = block.slab {
      if block.isIntact {
        waiter.continuation.resume(returning: slab)
      } else {
        waiter.continuation.resume(
          throwing: FlintError(
            .corruptData, "\(waiter.request.block) from \(remote) is damaged", why: "its checksum does not match"))
      }
    }
    afterAnswer()
  }
}
