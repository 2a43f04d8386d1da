internal import FlintCore
internal import FlintTasks

/// Reads a partition that somebody keeps, batch by batch, whoever gives its bytes.
final class KeptStream: RowStream {
  typealias Source = @Sendable (_ offset: UInt64, _ count: UInt64) async throws -> [UInt8]

  private let length: UInt64
  private let chunk: UInt64
  private let codec: any BatchCodec
  private let context: any TaskContext
  private let source: Source
  private var bytes: ArraySlice<UInt8> = []
  private var offset: UInt64 = 0

  init(length: UInt64, chunk: UInt64, _ codec: any BatchCodec, _ context: any TaskContext, source: @escaping Source) {
    (self.length, self.chunk, self.codec, self.context, self.source) = (length, chunk, codec, context, source)
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    if bytes.isEmpty, offset == length { return nil }
    try await demand(8)
    let count = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard count <= length else { throw damaged }
    try await demand(8 + Int(count))
    let batch = Array(bytes.dropFirst(8).prefix(Int(count)))
    bytes = bytes.dropFirst(8 + Int(count))
    return try codec.decode(batch)
  }

  /// Reads until so many bytes are there.
  private func demand(_ count: Int) async throws {
    while bytes.count < count {
      let more = min(chunk, length - offset)
      guard more > 0 else { throw damaged }
      let part = try await source(offset, more)
      offset += more
      bytes = bytes.isEmpty ? part[...] : (Array(bytes) + part)[...]
    }
  }

  private var damaged: FlintError {
    FlintError(.corruptData, "a partition that is kept is damaged", why: "it ends within a batch")
  }
}
