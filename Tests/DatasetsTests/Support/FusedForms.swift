import FlintDatasets
import Testing

/// Runs each test twice: with transformations one after another, and with loops that do several at once.
struct FusedForms: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    // Around a suite nothing happens; it is around each of its tests.
    guard testCase != nil else { return try await body() }
    try await body()
    try await FusedCode.$isForced.withValue(true) { try await body() }
  }
}

extension Trait where Self == FusedForms {
  /// With batches between transformations, and without.
  static var bothForms: FusedForms { FusedForms() }
}
