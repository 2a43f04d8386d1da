public import FlintCore
internal import FlintLineage
internal import FlintWire

extension StageProgram {
  /// Its form on the wire.
  public var bytes: [UInt8] {
    var writer = WireWriter()
    writer.put(StageProgram.version)
    writer.put(location)
    writer.put(count: nodes.count)
    for node in nodes { writer.put(node) }
    switch end {
    case .shuffle(let shuffle, let readers, let factory):
      writer.put(1 as UInt8)
      writer.put(shuffle)
      writer.put(count: readers)
      writer.put(bytes: factory)
    case .result(let factory):
      writer.put(2 as UInt8)
      writer.put(bytes: factory)
    }
    return writer.bytes
  }

  /// The program that `bytes` hold. Throws `corrupt-data`.
  public init(bytes: [UInt8]) throws(FlintError) {
    do throws(WireFault) {
      self = try bytes.withUnsafeBufferPointer { (bytes) throws(WireFault) in
        var reader = WireReader(UnsafeRawBufferPointer(bytes))
        let program = try StageProgram(from: &reader)
        try reader.finish()
        return program
      }
    } catch {
      throw FlintError(.corruptData, "these bytes are no stage", why: "\(error)")
    }
  }

  private static let version: UInt8 = 1

  private init(from reader: inout WireReader) throws(WireFault) {
    guard try reader.get(UInt8.self) == StageProgram.version else { throw .badTag }
    let location = try reader.getLocation()
    let count = try reader.getCount(ofSize: WireReader.leastNodeSize)
    guard count > 0 else { throw .badCount }
    var nodes: [ProgramNode] = []
    nodes.reserveCapacity(count)
    for _ in 0..<count { nodes.append(try reader.getNode(behind: nodes)) }
    let end: End
    switch try reader.get(UInt8.self) {
    case 1:
      let shuffle = try reader.getID(ShuffleID.self)
      end = .shuffle(shuffle, readers: Int(try reader.get(UInt32.self)), try reader.getBytes())
    case 2: end = .result(try reader.getBytes())
    default: throw .badTag
    }
    self.init(nodes: nodes, end: end, location: location)
  }
}

extension WireWriter {
  fileprivate mutating func put(_ location: SourceLocation) {
    put(text: location.file)
    put(UInt32(clamping: location.line))
  }

  fileprivate mutating func put(_ node: ProgramNode) {
    put(node.id)
    put(text: node.name)
    put(node.location)
    put(count: node.partitionCount)
    put(node.storageLevel.map(\.wireForm) ?? 0)
    put(count: node.inputs.count)
    for input in node.inputs {
      switch input {
      case .narrow(let parent, let mapping):
        put(1 as UInt8)
        put(count: parent)
        put(mapping)
      case .wide(let shuffle):
        put(2 as UInt8)
        put(shuffle)
      }
    }
    put(bytes: node.factory)
  }

  private mutating func put(_ mapping: NarrowMapping) {
    switch mapping {
    case .oneToOne: put(1 as UInt8)
    case .offset(let start, let count):
      put(2 as UInt8)
      put(count: start)
      put(count: count)
    case .grouped(let groups):
      put(3 as UInt8)
      put(count: groups.count)
      for group in groups { put(numbers: group.map { UInt64($0) }) }
    case .selected(let kept):
      put(4 as UInt8)
      put(numbers: kept.map { UInt64($0) })
    }
  }
}

extension WireReader {
  fileprivate static let leastNodeSize = 37

  fileprivate mutating func getLocation() throws(WireFault) -> SourceLocation {
    SourceLocation(file: try getText(), line: Int(try get(UInt32.self)))
  }

  fileprivate mutating func getNode(behind nodes: [ProgramNode]) throws(WireFault) -> ProgramNode {
    var node = ProgramNode(
      id: try getID(), name: try getText(), location: try getLocation(), partitionCount: Int(try get(UInt32.self)),
      storageLevel: try getLevel(), inputs: [], factory: [])
    for _ in 0..<(try getCount(ofSize: 6)) {
      switch try get(UInt8.self) {
      case 1:
        let parent = Int(try get(UInt32.self))
        guard parent < nodes.count else { throw .badNumber }
        let mapping = try getMapping()
        guard mapping.fits(childCount: node.partitionCount, parentCount: nodes[parent].partitionCount) else {
          throw .badNumber
        }
        node.inputs.append(.narrow(parent, mapping))
      case 2: node.inputs.append(.wide(try getID()))
      default: throw .badTag
      }
    }
    node.factory = try getBytes()
    return node
  }

  private mutating func getLevel() throws(WireFault) -> StorageLevel? {
    let form = try get(UInt8.self)
    guard form != 0 else { return nil }
    guard let level = StorageLevel.all.first(where: { $0.wireForm == form }) else { throw .badTag }
    return level
  }

  private mutating func getMapping() throws(WireFault) -> NarrowMapping {
    switch try get(UInt8.self) {
    case 1: return .oneToOne
    case 2: return .offset(start: Int(try get(UInt32.self)), count: Int(try get(UInt32.self)))
    case 3:
      var groups: [[Int]] = []
      for _ in 0..<(try getCount(ofSize: 4)) { groups.append(try getIndices()) }
      return .grouped(groups)
    case 4: return .selected(try getIndices())
    default: throw .badTag
    }
  }

  private mutating func getIndices() throws(WireFault) -> [Int] {
    let numbers = try getNumbers()
    guard numbers.allSatisfy({ $0 <= UInt64(UInt32.max) }) else { throw .badNumber }
    return numbers.map { Int($0) }
  }
}

extension StorageLevel {
  fileprivate static let all: [StorageLevel] = {
    let once = [memoryOnly, memoryAndDisk, memoryOnlySerialized, memoryAndDiskSerialized, diskOnly]
    return once + once.map(\.replicatedTwice)
  }()

  /// A byte that is never 0.
  fileprivate var wireForm: UInt8 {
    0x80 | (usesMemory ? 1 : 0) | (usesDisk ? 2 : 0) | (isSerialized ? 4 : 0) | (replicaCount > 1 ? 8 : 0)
  }
}
