internal import FlintCore

/// Why bytes could not be compressed or decompressed, before it becomes a `FlintError` with the codec's name. Offsets are
/// those of the compressed bytes.
enum CompressionFault: Error, Equatable {
  /// The bytes from `offset` on are not what the format allows.
  case damaged(offset: Int, String)
  /// They end where more must follow.
  case truncated(offset: Int)
  /// Something follows where they must end.
  case trailing(offset: Int)
  /// They are whole, but hold another number of bytes than was said.
  case wrongSize(Int, expected: Int)
  /// They hold more than their reader allows.
  case tooLong(limit: Int)
  /// Their writer looked further back than readers here keep.
  case largeWindow(offset: Int)
  case noMemory
  /// The codec has no form that goes piece by piece.
  case noStreams
  /// The library refused what it must accept.
  case library(String)

  /// The same fault, told by an offset that counts from further back.
  func moved(by distance: Int) -> CompressionFault {
    switch self {
    case .damaged(let offset, let reason): .damaged(offset: offset + distance, reason)
    case .truncated(let offset): .truncated(offset: offset + distance)
    case .trailing(let offset): .trailing(offset: offset + distance)
    case .largeWindow(let offset): .largeWindow(offset: offset + distance)
    case .wrongSize, .tooLong, .noMemory, .noStreams, .library: self
    }
  }

  func error(_ codec: CompressionCodec) -> FlintError {
    let damaged = "these \(codec) bytes are damaged"
    switch self {
    case .damaged(let offset, let reason):
      return FlintError(.corruptData, damaged, why: "behind byte \(offset): \(reason)")
    case .truncated(let offset):
      return FlintError(.corruptData, damaged, why: "they end at byte \(offset), where more must follow")
    case .trailing(let offset):
      return FlintError(
        .corruptData, damaged, why: "behind byte \(offset), where they must end, follows something else")
    case .wrongSize(let size, let expected):
      return FlintError(.corruptData, damaged, why: "they hold \(size) bytes instead of \(expected)")
    case .tooLong(let limit):
      return FlintError(
        .memoryBudgetExceeded, "these \(codec) bytes hold more than the \(limit) bytes that may be read",
        remedy: "raise the limit if the bytes come from a place that you trust")
    case .largeWindow(let offset):
      return FlintError(
        .memoryBudgetExceeded,
        "these \(codec) bytes need more than \(ByteCount(Int64(CodecMemory.largestWindow))) to be read",
        why: "behind byte \(offset) their writer asked for a larger window",
        remedy: "write them without options for long distances")
    case .noMemory:
      return FlintError(.memoryBudgetExceeded, "the system gave no memory to \(codec)")
    case .noStreams:
      return FlintError(
        .invalidArgument, "\(codec) bytes come in one block, not in a stream",
        remedy: "use a codec with frames, such as lz4-frame or zstd")
    case .library(let reason):
      return FlintError(.inputOutput, "\(codec) could not compress", why: reason)
    }
  }
}
