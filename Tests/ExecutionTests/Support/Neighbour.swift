import FlintCore
import FlintStorage
import FlintWire

/// Fetches from another executor without a connection between them.
struct Neighbour: BlockFetching {
  let providers: [any BlockProvider]
  let budget = MemoryBudget(limit: .mebibytes(64))

  func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab {
    for provider in providers {
      let bytes: [UInt8]?
      if request.asksForLength {
        let length = try await provider.length(of: request.block)
        bytes = length.map { length in withUnsafeBytes(of: length.littleEndian) { Array($0) } }
      } else {
        bytes = try await provider.part(of: request)
      }
      guard let bytes else { continue }
      let slab = try Slab(count: bytes.count, budget: budget)
      slab.bytes.copyBytes(from: bytes)
      return slab
    }
    throw FlintError(.fileNotFound, "\(request.block) is not here")
  }
}
