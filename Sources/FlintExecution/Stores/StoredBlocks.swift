internal import FlintCore
internal import FlintStorage
internal import FlintWire

/// Gives to others what an executor has as bytes: results and kept partitions.
struct StoredBlocks: BlockProvider {
  private let blocks: BlockStore

  init(_ blocks: BlockStore) { self.blocks = blocks }

  func part(of request: BlockRequest) async throws -> [UInt8]? {
    switch request.block {
    case .taskResult, .cached, .broadcast: break
    case .shuffleData, .shuffleIndex, .shuffleSegment: return nil
    }
    let bytes = try await blocks.withBlock(request.block) { source -> [UInt8]? in
      switch source {
      case .memory(.bytes(let bytes)): bytes
      case .memory(.values(_, _, let encode)): try encode()
      case .file(let file): try await file.read(0..<file.length)
      }
    }
    guard case .some(.some(let bytes)) = bytes else {
      throw FlintError(.fileNotFound, "\(request.block) is not here")
    }
    guard let range = request.range(in: bytes.count) else {
      throw FlintError(
        .invalidArgument, "\(request.block) has no \(request.length) bytes from byte \(request.offset) on")
    }
    return Array(bytes[range])
  }
}
