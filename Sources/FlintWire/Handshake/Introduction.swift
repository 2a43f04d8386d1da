public import FlintCore

/// What a process says of itself in its first frame, on either side of a connection.
public struct Introduction: Hashable, Sendable {
  /// What a connection is used for. Blocks have connections of their own, so that no message waits behind a megabyte.
  public enum Channel: UInt8, CaseIterable, Hashable, Sendable {
    case control = 1
    case blocks = 2
  }

  /// Bytes of a name or a cluster's name at most.
  public static let nameLimit = 255
  /// Bytes of a build's identifier at most.
  public static let buildLimit = 64

  /// The cluster that it belongs to; others are refused.
  public var cluster: String
  /// What it is there.
  public var role: PeerRole
  /// What it wants this connection for.
  public var channel: Channel
  /// Its name, for logs.
  public var name: String
  /// A number that no other life of this process has.
  public var incarnation: UInt64
  /// For an executor, the one that it is.
  public var executor: ExecutorIncarnation?
  /// The identifier of its program's build. Driver and executor must have the same.
  public var build: [UInt8]
  /// Bytes of a frame's body that it takes.
  public var frameLength: UInt32
  /// Requests that it takes before it has answered any.
  public var requestsInFlight: UInt32

  /// An introduction. Texts and build must keep their limits.
  public init(
    cluster: String, role: PeerRole, channel: Channel = .control, name: String, incarnation: UInt64,
    executor: ExecutorIncarnation? = nil, build: [UInt8] = [], frameLength: UInt32 = 16 << 20,
    requestsInFlight: UInt32 = 4096
  ) {
    precondition(max(cluster.utf8.count, name.utf8.count) <= Introduction.nameLimit, "a name of a node is too long")
    precondition(build.count <= Introduction.buildLimit, "a build's identifier of \(build.count) bytes")
    self.cluster = cluster
    self.role = role
    self.channel = channel
    self.name = name
    self.incarnation = incarnation
    self.executor = executor
    self.build = build
    self.frameLength = frameLength
    self.requestsInFlight = requestsInFlight
  }
}

extension Introduction: WireCodable {
  static var leastSize: Int { 31 }

  func encode(to writer: inout WireWriter) {
    writer.put(text: cluster)
    writer.put(role.rawValue)
    writer.put(channel.rawValue)
    writer.put(text: name)
    writer.put(incarnation)
    writer.put(executor)
    writer.put(bytes: build)
    writer.put(frameLength)
    writer.put(requestsInFlight)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    cluster = try reader.getText(atMost: Introduction.nameLimit)
    role = try reader.getCase()
    channel = try reader.getCase()
    name = try reader.getText(atMost: Introduction.nameLimit)
    incarnation = try reader.get()
    executor = try reader.getOptional()
    build = try reader.getBytes()
    frameLength = try reader.get()
    requestsInFlight = try reader.get()
    guard build.count <= Introduction.buildLimit, frameLength > 0, requestsInFlight > 0 else { throw .badNumber }
  }
}

extension Introduction {
  /// The introduction that the body of a hello or a welcome holds.
  public init(body: UnsafeRawBufferPointer) throws(WireFault) {
    var reader = WireReader(body)
    self = try reader.get()
    try reader.finish()
  }

  /// Writes the body of a hello or a welcome.
  public func write(to writer: inout WireWriter) { encode(to: &writer) }
}
