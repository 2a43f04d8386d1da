public import FlintCore

/// What a simulated disk does wrong. The default is a sound disk of no particular speed.
public struct DiskFaults: Sendable {
  /// The calls that a fault can single out.
  public enum Operation: String, CaseIterable, Sendable {
    case open, read, write, synchronize, truncate, rename, remove, createDirectory, synchronizeDirectory
  }

  /// An error of the system at one call.
  public struct Failure: Sendable {
    /// Which calls count; nil for all.
    public let operation: Operation?
    /// The call that fails, counted from 1 from now on.
    public let call: Int
    /// Whether all calls after it fail as well.
    public let stays: Bool
    /// `disk-full` or `input-output`.
    public let code: FlintError.Code

    /// An error at the `call`th call of `operation`, or of any.
    public init(_ code: FlintError.Code, atCall call: Int, of operation: Operation? = nil, stays: Bool = false) {
      self.code = code
      self.call = call
      self.operation = operation
      self.stays = stays
    }
  }

  /// How long one call takes.
  public var latency: ClosedRange<Duration> = .microseconds(20)...(.milliseconds(2))
  /// How many of 1,000 calls fail with `input-output`.
  public var errorPermille = 0
  /// How many of 1,000 reads return one flipped bit. The bytes on the disk stay as they are.
  public var readCorruptionPermille = 0
  /// Bytes that files may take in all; beyond it writes fail with `disk-full`. Nil for a disk without end.
  public var capacity: ByteCount?

  /// A sound disk.
  public init() {}
}
