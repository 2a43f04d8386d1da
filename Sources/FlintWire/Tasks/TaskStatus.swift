/// What became of a try at a task.
public enum TaskStatus: Hashable, Sendable {
  /// It runs.
  case running
  /// It is done, with these bytes as its result.
  case finished(result: [UInt8])
  /// It is done, and its result is fetched as a block, since it is too long for a message.
  case finishedWithBlock(byteCount: UInt64)
  /// It has written its part of a shuffle.
  case wrote(MapOutputReport)
  /// It ended without a result.
  case failed(FailureReport)
}

extension TaskStatus: WireCodable {
  static var leastSize: Int { 1 }

  func encode(to writer: inout WireWriter) {
    switch self {
    case .running: writer.put(1 as UInt8)
    case .finished(let result):
      writer.put(2 as UInt8)
      writer.put(bytes: result)
    case .finishedWithBlock(let byteCount):
      writer.put(3 as UInt8)
      writer.put(byteCount)
    case .wrote(let report):
      writer.put(4 as UInt8)
      writer.put(report)
    case .failed(let report):
      writer.put(5 as UInt8)
      writer.put(report)
    }
  }

  init(from reader: inout WireReader) throws(WireFault) {
    switch try reader.get(UInt8.self) {
    case 1: self = .running
    case 2: self = .finished(result: try reader.getBytes())
    case 3: self = .finishedWithBlock(byteCount: try reader.get())
    case 4: self = .wrote(try reader.get())
    case 5: self = .failed(try reader.get())
    default: throw .badTag
    }
  }
}
