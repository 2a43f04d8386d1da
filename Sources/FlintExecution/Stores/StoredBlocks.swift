internal import FlintCore
internal import FlintStorage
internal import FlintWire

/// Serves kept rows and results out of an executor's store.
struct StoredBlocks: BlockProvider {
  private let blocks: BlockStore

  init(_ blocks: BlockStore) {
    self.blocks = blocks
  }

  func part(of request: BlockRequest) async throws -> [UInt8]? {
    switch request.block {
    case .shuffleData, .shuffleIndex, .shuffleSegment: return nil
    case .cached, .broadcast, .taskResult: break
    }
    let part = try await blocks.withBlock(request.block) { source -> [UInt8] in
      switch source {
      case .memory(let content):
        guard case .bytes(let bytes) = content else { throw wrong(request) }
        guard let range = request.range(in: bytes.count) else { throw wrong(request) }
        return Array(bytes[range])
      case .file(let file):
        guard let range = request.range(in: Int(file.length)) else { throw wrong(request) }
        return try await file.read(Int64(range.lowerBound)..<Int64(range.upperBound))
      }
    }
    guard let part else { throw FlintError(.fileNotFound, "\(request.block) is not here") }
    return part
  }

  func length(of block: BlockID) async throws -> UInt64? {
    switch block {
    case .shuffleData, .shuffleIndex, .shuffleSegment: return nil
    case .cached, .broadcast, .taskResult: break
    }
    let length = try await blocks.withBlock(block) { source -> UInt64 in
      switch source {
      case .memory(let content): UInt64(content.size.bytes)
      case .file(let file): UInt64(file.length)
      }
    }
    guard let length else { throw FlintError(.fileNotFound, "\(block) is not here") }
    return length
  }

  private func wrong(_ request: BlockRequest) -> FlintError {
    FlintError(.invalidArgument, "\(request.block) has no \(request.length) bytes from byte \(request.offset) on")
  }
}
