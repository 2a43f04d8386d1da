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
    let part = try await blocks.withBlock(request.block) { source -> [UInt8] in
      switch source {
      case .memory(.bytes(let bytes)): return Array(bytes[try range(of: request, in: bytes.count)])
      case .memory(.values(_, _, let encode)):
        let bytes = try encode()
        return Array(bytes[try range(of: request, in: bytes.count)])
      case .file(let file):
        let range = try range(of: request, in: Int(file.length))
        return try await file.read(Int64(range.lowerBound)..<Int64(range.upperBound))
      }
    }
    guard let part else { throw FlintError(.fileNotFound, "\(request.block) is not here") }
    return part
  }

  func length(of block: BlockID) async throws -> UInt64? {
    switch block {
    case .taskResult, .cached, .broadcast: break
    case .shuffleData, .shuffleIndex, .shuffleSegment: return nil
    }
    let length = try await blocks.withBlock(block) { source -> UInt64 in
      switch source {
      case .memory(.bytes(let bytes)): UInt64(bytes.count)
      case .memory(.values(_, _, let encode)): UInt64(try encode().count)
      case .file(let file): UInt64(file.length)
      }
    }
    guard let length else { throw FlintError(.fileNotFound, "\(block) is not here") }
    return length
  }

  private func range(of request: BlockRequest, in count: Int) throws(FlintError) -> Range<Int> {
    guard let range = request.range(in: count) else {
      throw FlintError(
        .invalidArgument, "\(request.block) has no \(request.length) bytes from byte \(request.offset) on")
    }
    return range
  }
}
