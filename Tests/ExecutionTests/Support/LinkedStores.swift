import FlintCore
import FlintExecution
import FlintStorage
import FlintWire
import Synchronization

/// The stores of another executor, without a connection between them.
final class LinkedStores: BlockFetching {
  private let stores = Mutex<NodeStores?>(nil)

  func connect(to stores: NodeStores) { self.stores.withLock { $0 = stores } }

  func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab {
    try await Neighbour(providers: try other().providers).fetch(request, from: place)
  }

  func copy(_ copy: BlockCopy, to place: BlockPlace) async throws -> Bool { try await other().keep(copy) }

  private func other() throws -> NodeStores {
    guard let stores = stores.withLock({ $0 }) else { throw FlintError(.unreachable, "nobody is linked") }
    return stores
  }
}
