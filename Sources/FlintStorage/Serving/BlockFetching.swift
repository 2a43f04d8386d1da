public import FlintCore
public import FlintWire

/// Who gets blocks from other nodes.
public protocol BlockFetching: Sendable {
  /// The part of a block that `place` has, in the first bytes of a slab; its checksum has matched.
  ///
  /// Throws what the peer answers with, `corrupt-data` when it arrives damaged, and what dialling and connections throw.
  func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab
}
