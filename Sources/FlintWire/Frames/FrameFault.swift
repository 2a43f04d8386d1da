/// Why bytes from a peer are no frame that may stand here.
public enum FrameFault: Error, Hashable, Sendable {
  /// They begin like no frame at all: another protocol, or noise.
  case notAFrame
  /// The peer speaks another version of the protocol.
  case version(UInt8)
  /// The header's checksum does not match.
  case headerChecksum
  /// The body's checksum does not match.
  case bodyChecksum
  /// No kind of frame, or flags, that this version knows.
  case unknownKind(UInt8)
  /// Longer than a frame may be now.
  case tooLong(UInt32)
  /// A frame is missing, doubled or out of order: the stream is not what its peer sent.
  case order(expected: UInt32, got: UInt32)
}
