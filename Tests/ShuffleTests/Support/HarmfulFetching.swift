import FlintCore
import FlintStorage
import FlintWire
import Synchronization

/// Fetches by another, and does harm to what it gets: the first times, or always.
final class HarmfulFetching: BlockFetching {
  enum Harm: Sendable {
    case flip(byte: Int)
    case fail(FlintError.Code)
  }

  private let inner: any BlockFetching
  private let budget: MemoryBudget
  private let harm: Harm
  private let rest: Mutex<Int>
  private let calls = Mutex(0)

  /// Does `harm` to the first `times` parts.
  init(_ inner: any BlockFetching, _ budget: MemoryBudget, _ harm: Harm, times: Int = .max) {
    (self.inner, self.budget, self.harm) = (inner, budget, harm)
    rest = Mutex(times)
  }

  /// How often it was asked.
  var callCount: Int { calls.withLock { $0 } }

  func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab {
    calls.withLock { $0 += 1 }
    let isHarmed = rest.withLock { rest in
      defer { rest = max(0, rest - 1) }
      return rest > 0
    }
    guard isHarmed else { return try await inner.fetch(request, from: place) }
    switch harm {
    case .fail(let code): throw FlintError(code, "an injected failure")
    case .flip(let byte):
      let slab = try await inner.fetch(request, from: place)
      slab.bytes[byte % Int(request.length)] ^= 0x10
      return slab
    }
  }
}
