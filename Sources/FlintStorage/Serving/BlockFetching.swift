public import FlintCore
public import FlintWire

/// Who gets blocks from other nodes.
public protocol BlockFetching: Sendable {
  /// The part of a block that `place` has, in the first bytes of a slab; its checksum has matched.
  ///
  /// Throws what the peer answers with, `corrupt-data` when it arrives damaged, and what dialling and connections throw.
  func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab

  /// Asks the executor at `place` to keep a copy of a block, and returns whether it does.
  func copy(_ copy: BlockCopy, to place: BlockPlace) async throws -> Bool
}

extension BlockFetching {
  /// Nobody takes copies.
  public func copy(_ copy: BlockCopy, to place: BlockPlace) async throws -> Bool { false }

  /// How many bytes a block has at `place`.
  public func length(of block: BlockID, at place: BlockPlace) async throws -> UInt64 {
    let slab = try await fetch(BlockRequest(lengthOf: block), from: place)
    return UInt64(littleEndian: slab.bytes.loadUnaligned(as: UInt64.self))
  }
}
