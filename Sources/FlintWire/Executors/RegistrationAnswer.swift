public import FlintCore

/// The driver takes an executor into its service.
public struct RegistrationAnswer: Hashable, Sendable {
  /// The application that it now works for.
  public var application: ApplicationID
  /// The machine that it runs on, as the driver numbers machines.
  public var node: NodeID
  /// The epoch of the map outputs now.
  public var epoch: MapOutputEpoch

  /// A message with these fields.
  public init(application: ApplicationID, node: NodeID, epoch: MapOutputEpoch) {
    self.application = application
    self.node = node
    self.epoch = epoch
  }
}

extension RegistrationAnswer: WireCodable {
  static var leastSize: Int { 24 }

  func encode(to writer: inout WireWriter) {
    writer.put(application)
    writer.put(node)
    writer.put(epoch)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(application: try reader.getID(), node: try reader.getID(), epoch: try reader.getID())
  }
}
