import FlintExecution

/// A result in memory.
final class MemoryResult: ResultWriting {
  private let limit: Int
  private let keep: ([UInt8]) -> Void
  private var bytes: [UInt8] = []

  /// Gives what has more than `limit` bytes to `keep`.
  init(limit: Int, keep: @escaping ([UInt8]) -> Void) {
    (self.limit, self.keep) = (limit, keep)
  }

  func append(_ piece: [UInt8]) async throws { bytes += piece }
  func removeAll() async { bytes = [] }
  func abandon() async { bytes = [] }

  func finish() async throws -> WrittenResult {
    guard bytes.count > limit else { return .bytes(bytes) }
    keep(bytes)
    return .block(byteCount: UInt64(bytes.count))
  }
}
