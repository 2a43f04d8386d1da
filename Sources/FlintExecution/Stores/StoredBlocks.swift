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
      case .memory(.values(let values, _)):
        guard let content = values as? KeptContent else {
          preconditionFailure("\(request.block) holds \(type(of: values))")
        }
        guard let part = try await content.part({ request.range(in: $0) }) else { throw refusal(of: request) }
        return part
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
      case .memory(.bytes(let bytes)): return UInt64(bytes.count)
      case .memory(.values(let values, _)):
        guard let content = values as? KeptContent else { preconditionFailure("\(block) holds \(type(of: values))") }
        return UInt64(try await content.length())
      case .file(let file): return UInt64(file.length)
      }
    }
    guard let length else { throw FlintError(.fileNotFound, "\(block) is not here") }
    return length
  }

  private func range(of request: BlockRequest, in count: Int) throws(FlintError) -> Range<Int> {
    guard let range = request.range(in: count) else { throw refusal(of: request) }
    return range
  }

  private func refusal(of request: BlockRequest) -> FlintError {
    FlintError(.invalidArgument, "\(request.block) has no \(request.length) bytes from byte \(request.offset) on")
  }
}
