internal import CFlint
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// The system's calls that send a part of a file, so that tests can stand a slow disk in for it.
package struct FileTransferCall: Sendable {
  /// Sends up to `count` bytes of `file` from `offset` on, which it moves; returns as sendfile does, with errno.
  package typealias Body =
    @Sendable (_ socket: CInt, _ file: CInt, _ offset: inout Int64, _ count: Int) -> Int
  /// Whether `count` bytes of `file` from `offset` on are in memory, so that sending them waits for no disk.
  package typealias Probe = @Sendable (_ file: CInt, _ offset: Int64, _ count: Int) -> Bool

  /// As much as one call may send.
  static let size = Int(FLINT_PROBED_BYTES)

  package let body: Body
  package let isInMemory: Probe

  package init(isInMemory: @escaping Probe = { _, _, _ in false }, _ body: @escaping Body) {
    self.isInMemory = isInMemory
    self.body = body
  }

  /// sendfile, and what mincore says.
  package static let system = FileTransferCall {
    flint_is_in_memory($0, $1, $2)
  } _: { socket, file, offset, count in
    flint_sendfile(socket, file, &offset, count)
  }

  /// What became of one call.
  enum Outcome {
    case sent(Int)
    /// The socket takes nothing now.
    case blocked
    case failed(FlintError)
  }

  /// Sends the start of `range` of a file, whose descriptor is `descriptor`, as much as one call takes.
  func send(
    _ file: any DescriptorLender, _ descriptor: CInt, _ range: Range<Int64>, to socket: CInt
  ) -> Outcome {
    var offset = range.lowerBound
    let wanted = Int(min(Int64(range.count), Int64(FileTransferCall.size)))
    while true {
      let count = body(socket, descriptor, &offset, wanted)
      if count > 0 { return .sent(count) }
      if count == 0 {
        return .failed(
          FlintError(
            .inputOutput, "\(file.path) ends at byte \(offset)", why: "\(range.upperBound) bytes were promised"))
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .blocked
      default: return .failed(FileTransferCall.failure(errno, file.path))
      }
    }
  }

  /// Reading and writing fail in one call; what only sockets say is the connection's.
  private static func failure(_ number: CInt, _ path: FilePath) -> FlintError {
    switch number {
    case EPIPE, ECONNRESET, ENOTCONN, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH:
      FlintError(
        .connectionLost, "the connection broke while \(path) was sent", why: FlintError.systemWords(for: number))
    default:
      FlintError(
        .inputOutput, "cannot send \(path)", why: FlintError.systemWords(for: number),
        cause: FlintError(errorNumber: number, "sendfile failed"))
    }
  }
}
