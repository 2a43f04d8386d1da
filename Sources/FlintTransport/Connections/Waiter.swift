internal import FlintCore
internal import FlintWire

/// Who waits for the answer to the request in a slot.
enum Waiter {
  case nobody
  /// A Swift task, which names itself by the ticket when it is cancelled.
  case continuation(UnsafeContinuation<Message, any Error>, ticket: UInt64)
  case callback((isolated Connection, Result<Message, FlintError>) -> Void)
  indirect case block(BlockWaiter)

  var ticket: UInt64? {
    switch self {
    case .nobody, .callback: nil
    case .continuation(_, let ticket): ticket
    case .block(let waiter): waiter.ticket
    }
  }
}

/// Who waits for a part of a block. An object, so that those who wait for messages are small.
final class BlockWaiter {
  let request: BlockRequest
  /// Makes the memory for that many bytes.
  let room: (Int) throws(FlintError) -> Slab
  let deadline: MonotonicInstant
  let continuation: UnsafeContinuation<Slab, any Error>
  let ticket: UInt64

  init(
    request: BlockRequest, room: @escaping (Int) throws(FlintError) -> Slab, deadline: MonotonicInstant,
    continuation: UnsafeContinuation<Slab, any Error>, ticket: UInt64
  ) {
    self.request = request
    self.room = room
    self.deadline = deadline
    self.continuation = continuation
    self.ticket = ticket
  }
}

/// There was room for a request, and somebody else has taken it.
struct NoRoom: Error {}
