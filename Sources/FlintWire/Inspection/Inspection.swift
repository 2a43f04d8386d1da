public import FlintCore

/// What a node has at this moment, as it says itself: for people, and for whoever checks that nothing is left.
public struct Inspection: Hashable, Sendable {
  /// What the node is.
  public var role: PeerRole
  /// What it is called.
  public var name: String
  /// The system's number of its process; 0 where there is none.
  public var process: UInt32
  /// The stages that it has in hand: a driver's that are not over, those of an executor whose code it keeps.
  public var stages: [StageID]
  /// The tries at tasks that run.
  public var attempts: [TaskAttempt]
  /// The blocks that it has.
  public var blocks: [BlockID]
  /// How many of them are being read, or served to somebody.
  public var leases: UInt32
  /// Tasks that hold memory or files.
  public var holders: UInt32
  /// Bytes of its memory budget in use.
  public var memoryUsed: UInt64
  /// Its connections, without the one that asks.
  public var connections: UInt32

  /// A node that has nothing.
  public init(role: PeerRole, name: String, process: UInt32 = 0) {
    self.role = role
    self.name = name
    self.process = process
    stages = []
    attempts = []
    blocks = []
    leases = 0
    holders = 0
    memoryUsed = 0
    connections = 0
  }
}

extension Inspection: WireCodable {
  static var leastSize: Int { 41 }

  func encode(to writer: inout WireWriter) {
    writer.put(role.rawValue)
    writer.put(text: name)
    writer.put(process)
    writer.put(numbers: stages.map(\.rawValue))
    writer.put(attempts)
    writer.put(blocks)
    writer.put(leases)
    writer.put(holders)
    writer.put(memoryUsed)
    writer.put(connections)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(role: try reader.getCase(), name: try reader.getText(), process: try reader.get())
    stages = try reader.getNumbers().map { StageID(rawValue: $0) }
    attempts = try reader.getArray()
    blocks = try reader.getArray()
    leases = try reader.get()
    holders = try reader.get()
    memoryUsed = try reader.get()
    connections = try reader.get()
  }
}
