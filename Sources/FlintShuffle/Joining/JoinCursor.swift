/// How far a join has come within a batch of probing rows; one row may have more partners than an output batch holds.
public struct JoinCursor {
  /// The probing row.
  public var row = 0
  /// Its next partner; nil before the first.
  @usableFromInline var partner: UInt32?

  /// At the first row.
  @inlinable
  public init() {}
}
