public import FlintWire

/// Somebody who has blocks of some kinds, and gives parts of them to others.
public protocol BlockProvider: Sendable {
  /// The part of a block that is asked for, checked; nil when blocks of this kind are not its business.
  ///
  /// Throws `file-not-found` when there is no such block, `corrupt-data` when it is damaged, and `invalid-argument` for a
  /// part that it does not have.
  func part(of request: BlockRequest) async throws -> [UInt8]?
}
