internal import FlintClosures
internal import FlintCore
internal import FlintLayout

/// A closure on its way to an executor, and its result on the way back.
enum ShippedCall {
  /// What travels: the user's closure inside one that turns its result into bytes. So the executor, which does not know
  /// the type of the result, calls all closures alike.
  private typealias Body = @Sendable () async throws -> [UInt8]

  /// The bytes of `body`.
  ///
  /// Throws `unshippable-closure` for a closure that cannot travel, and `unsupported-type` for a result that cannot.
  static func encode<Result>(
    _ body: @escaping @Sendable () async throws -> Result, at location: SourceLocation
  ) throws(FlintError) -> [UInt8] {
    do throws(FlintError) {
      _ = try RowLayout.of(Result.self)
    } catch {
      throw FlintError(
        error.code, "the result of the closure cannot come back from an executor", why: error.why ?? error.what,
        remedy: error.remedy, at: location, cause: error)
    }
    let call: Body = { try RowBlock.encode([try await body()], form: .rows) }
    return try ShippedClosure.encode(call, at: location)
  }

  /// On an executor: calls the closure that the bytes hold, and returns its result as bytes.
  @Sendable static func perform(_ bytes: [UInt8]) async throws -> [UInt8] {
    try await ShippedClosure.decode(bytes, as: Body.self)()
  }

  /// The result that an executor sent. Throws `corrupt-data` for anything else.
  static func result<Result>(_ bytes: [UInt8], as type: Result.Type) throws(FlintError) -> Result {
    guard let result = try RowBlock.decode(bytes, as: type).first else {
      throw FlintError(.corruptData, "an executor sent no result")
    }
    return result
  }
}
