public import FlintCore
public import FlintWire

/// Who gets blocks from other nodes.
public protocol BlockFetching: Sendable {
  /// The part of a block that `place` has, in the first bytes of a slab; its checksum has matched.
  ///
  /// Throws what the peer answers with, `corrupt-data` when it arrives damaged, and what dialling and connections throw.
  func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab
}

extension BlockFetching {
  /// How many bytes a block has at `place`.
  public func length(of block: BlockID, at place: BlockPlace) async throws -> UInt64 {
    let slab = try await fetch(BlockRequest(lengthOf: block), from: place)
    return UInt64(littleEndian: slab.bytes.loadUnaligned(as: UInt64.self))
  }
}
