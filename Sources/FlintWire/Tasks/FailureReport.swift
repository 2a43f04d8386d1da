public import FlintCore

/// Why a try at a task ended without a result.
public struct FailureReport: Hashable, Sendable {
  /// The kinds of failure that an executor can tell apart.
  public enum Kind: Hashable, Sendable {
    /// User code threw; another try could end otherwise, or not.
    case threw(isRetryable: Bool)
    /// One map task's part of a shuffle could not be had.
    case fetchFailed(ShuffleID, map: PartitionID, epoch: MapOutputEpoch)
    /// Another attempt may commit.
    case commitDenied
    /// The driver asked for its end.
    case killed
    /// It had not begun when the driver wanted it back.
    case takenBack
    /// It needed more memory than a task may have.
    case memoryExceeded
    /// The node's disk is full.
    case diskFull
    /// The node's disk failed.
    case diskFailed
    /// Its result has no form for the wire.
    case resultUnsupported
    /// The rows that it read are not those that were written.
    case rowsLost(ShuffleID)
  }

  /// What kind of failure it is.
  public var kind: Kind
  /// The error, for people.
  public var error: RemoteError

  /// A failure of `kind`.
  public init(kind: Kind, error: RemoteError) {
    self.kind = kind
    self.error = error
  }
}

extension FailureReport: WireCodable {
  static var leastSize: Int { 11 }

  func encode(to writer: inout WireWriter) {
    writer.put(kind)
    writer.put(error)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(kind: try reader.get(), error: try reader.get())
  }
}

extension FailureReport.Kind: WireCodable {
  static var leastSize: Int { 1 }

  func encode(to writer: inout WireWriter) {
    switch self {
    case .threw(let isRetryable):
      writer.put(1 as UInt8)
      writer.put(isRetryable)
    case .fetchFailed(let shuffle, let map, let epoch):
      writer.put(2 as UInt8)
      writer.put(shuffle)
      writer.put(map)
      writer.put(epoch)
    case .commitDenied: writer.put(3 as UInt8)
    case .killed: writer.put(4 as UInt8)
    case .memoryExceeded: writer.put(5 as UInt8)
    case .diskFull: writer.put(6 as UInt8)
    case .diskFailed: writer.put(7 as UInt8)
    case .resultUnsupported: writer.put(8 as UInt8)
    case .rowsLost(let shuffle):
      writer.put(9 as UInt8)
      writer.put(shuffle)
    case .takenBack: writer.put(10 as UInt8)
    }
  }

  init(from reader: inout WireReader) throws(WireFault) {
    switch try reader.get(UInt8.self) {
    case 1: self = .threw(isRetryable: try reader.getFlag())
    case 2: self = .fetchFailed(try reader.getID(), map: try reader.getID(), epoch: try reader.getID())
    case 3: self = .commitDenied
    case 4: self = .killed
    case 5: self = .memoryExceeded
    case 6: self = .diskFull
    case 7: self = .diskFailed
    case 8: self = .resultUnsupported
    case 9: self = .rowsLost(try reader.getID())
    case 10: self = .takenBack
    default: throw .badTag
    }
  }
}
