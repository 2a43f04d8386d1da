public import FlintCore
internal import FlintStorage
internal import FlintTasks
internal import FlintWire

/// The values of broadcasts on one executor: each is fetched and decoded once, whoever needs it.
public actor BroadcastFetcher {
  /// Gets the content of a broadcast.
  public typealias Fetch = @Sendable (BroadcastID) async throws -> [UInt8]

  private nonisolated let fetch: Fetch
  private var values: [BroadcastID: Task<any Sendable, any Error>] = [:]
  /// It lives on the control loop.
  public nonisolated let unownedExecutor: UnownedSerialExecutor

  /// Values whose contents come by `fetch`.
  public init(context: NodeContext, fetch: @escaping Fetch) {
    self.fetch = fetch
    unownedExecutor = context.controlExecutor
  }

  /// Gives each of `broadcasts` its value. Throws what fetching and decoding throw; the next asker tries again.
  func fill(_ broadcasts: [any PendingBroadcast]) async throws {
    for broadcast in broadcasts { broadcast.fill(try await value(of: broadcast)) }
  }

  /// Lets the value of a broadcast go.
  func forget(_ id: BroadcastID) { values[id] = nil }

  private func value(of broadcast: any PendingBroadcast) async throws -> any Sendable {
    if let known = values[broadcast.id] { return try await known.value }
    let work = Task { [fetch] in try broadcast.decode(try await fetch(broadcast.id)) }
    values[broadcast.id] = work
    do {
      return try await work.value
    } catch {
      if values[broadcast.id] == work { values[broadcast.id] = nil }
      throw error
    }
  }
}

extension BroadcastFetcher {
  /// Gets contents from the driver that serves blocks at `endpoint`: the pieces of one after another.
  static func fromDriver(_ client: BlockClient, at endpoint: Endpoint) -> Fetch {
    { id in
      func length(_ piece: UInt32) async throws -> UInt64 {
        let slab = try await client.fetch(
          BlockRequest(lengthOf: .broadcast(id, piece: piece)), fromDriver: endpoint)
        return UInt64(littleEndian: slab.bytes.loadUnaligned(as: UInt64.self))
      }
      // The piece that no broadcast has stands for all of it.
      let (whole, most) = (try await length(.max), try await length(0))
      var content: [UInt8] = []
      var piece: UInt32 = 0
      while UInt64(content.count) < whole {
        let count = min(most, whole - UInt64(content.count))
        guard count > 0 else { throw FlintError(.corruptData, "\(id) has empty pieces") }
        let request = BlockRequest(block: .broadcast(id, piece: piece), offset: 0, length: count)
        let slab = try await client.fetch(request, fromDriver: endpoint)
        content += UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(slab.bytes)[..<Int(count)])
        piece += 1
      }
      return content
    }
  }
}
