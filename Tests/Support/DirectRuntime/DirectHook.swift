public import FlintCore
internal import Synchronization

/// What a test does at some point of every job.
public final class DirectHook: Sendable {
  private let body = Mutex<(@Sendable (PartitionID) async throws -> Void)?>(nil)

  /// Nothing, until it is told.
  public init() {}

  /// Says what is to be done from now on.
  public func set(_ body: @escaping @Sendable (PartitionID) async throws -> Void) {
    self.body.withLock { $0 = body }
  }

  func run(_ partition: PartitionID) async throws { try await body.withLock { $0 }?(partition) }
}
