internal import FlintCore

extension StageAttempt: WireCodable {
  static var leastSize: Int { 12 }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(stage)
    writer.put(number)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(stage: try reader.getID(), number: try reader.get())
  }
}

extension TaskAttempt: WireCodable {
  static var leastSize: Int { 24 }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(task.stage)
    writer.put(task.partition)
    writer.put(number)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    let stage = try reader.get(StageAttempt.self)
    self.init(task: TaskID(stage: stage, partition: try reader.getID()), number: try reader.get())
  }
}

extension ExecutorIncarnation: WireCodable {
  static var leastSize: Int { 16 }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(executor)
    writer.put(number)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(executor: try reader.getID(), number: try reader.get())
  }
}

extension Endpoint: WireCodable {
  static var leastSize: Int { 5 }

  func encode(to writer: inout WireWriter) {
    switch self {
    case .tcp(let host, let port):
      writer.put(0 as UInt8)
      writer.put(text: host)
      writer.put(port)
    case .unix(let path):
      writer.put(1 as UInt8)
      writer.put(text: path.string)
    }
  }

  init(from reader: inout WireReader) throws(WireFault) {
    switch try reader.get(UInt8.self) {
    // No host name is longer, and no Unix socket's path.
    case 0: self = .tcp(host: try reader.getText(atMost: 255), port: try reader.get())
    case 1: self = .unix(path: FilePath(try reader.getText(atMost: 255)))
    default: throw .badTag
    }
  }
}

extension BlockID: WireCodable {
  static var leastSize: Int { 13 }

  func encode(to writer: inout WireWriter) {
    switch self {
    case .cached(let dataset, let partition):
      writer.put(1 as UInt8)
      writer.put(dataset)
      writer.put(partition)
    case .broadcast(let broadcast, let piece):
      writer.put(2 as UInt8)
      writer.put(broadcast)
      writer.put(piece)
    case .shuffleData(let shuffle, let map):
      writer.put(3 as UInt8)
      writer.put(shuffle)
      writer.put(map)
    case .shuffleIndex(let shuffle, let map):
      writer.put(4 as UInt8)
      writer.put(shuffle)
      writer.put(map)
    case .shuffleSegment(let shuffle, let map, let reduce):
      writer.put(5 as UInt8)
      writer.put(shuffle)
      writer.put(map)
      writer.put(reduce)
    case .taskResult(let attempt):
      writer.put(6 as UInt8)
      writer.put(attempt)
    }
  }

  init(from reader: inout WireReader) throws(WireFault) {
    switch try reader.get(UInt8.self) {
    case 1: self = .cached(try reader.getID(), try reader.getID())
    case 2: self = .broadcast(try reader.getID(), piece: try reader.get())
    case 3: self = .shuffleData(try reader.getID(), map: try reader.get())
    case 4: self = .shuffleIndex(try reader.getID(), map: try reader.get())
    case 5: self = .shuffleSegment(try reader.getID(), map: try reader.get(), reduce: try reader.getID())
    case 6: self = .taskResult(try reader.get())
    default: throw .badTag
    }
  }
}
