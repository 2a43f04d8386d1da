package import FlintCore
#if DEBUG
  internal import FlintLaunch
#endif
internal import FlintWire

/// Which links of an application lead over sockets of a test: none at all in release builds. What the settings mean stands at
/// `LinkKeys`, which only debug builds have.
package struct LinkRoutes: Hashable, Sendable {
  #if DEBUG
    /// A folder for each kind of link; empty for those that lead straight to their end.
    private var folders = Array(repeating: "", count: LinkKind.allCases.count)
  #endif

  /// All links are straight.
  package init() {}

  /// As the settings say.
  package init(_ configuration: Configuration) {
    #if DEBUG
      let keys = LinkKeys()
      folders = LinkKind.allCases.map { kind in
        switch kind {
        case .executorDriver: configuration[keys.executorDriver]
        case .executorExecutor: configuration[keys.executorExecutor]
        case .executorNode: configuration[keys.executorNode]
        case .driverExecutor: configuration[keys.driverExecutor]
        }
      }
    #endif
  }

  /// The seams of a driver or an executor with its links as they are to be.
  package func lead(_ context: NodeContext, of executor: ExecutorID? = nil) -> NodeContext {
    #if DEBUG
      guard folders.contains(where: { !$0.isEmpty }) else { return context }
      let network = ReroutedNetwork(straight: context.network, routes: self, executor: executor)
      return NodeContext(
        name: context.name, network: network, files: context.files, time: context.time, randomness: context.randomness,
        executors: context.executors, processes: context.processes, log: context.log)
    #else
      return context
    #endif
  }

  // MARK: As bytes

  func write(to writer: inout WireWriter) {
    #if DEBUG
      for folder in folders { writer.put(text: folder) }
    #endif
  }

  init(from reader: inout WireReader) throws(WireFault) {
    #if DEBUG
      for index in folders.indices { folders[index] = try reader.getText() }
    #endif
  }
}

#if DEBUG
  /// A kind of link, by who dials whom.
  private enum LinkKind: Int, CaseIterable {
    case executorDriver, executorExecutor, executorNode, driverExecutor

    /// Nil for what is no link of an application.
    init?(from executor: ExecutorID?, to socket: String) {
      switch (executor, socket.first) {
      case (.some, "d"): self = .executorDriver
      case (.some, "e"): self = .executorExecutor
      case (.some, "n"): self = .executorNode
      case (nil, "e"): self = .driverExecutor
      default: return nil
      }
    }
  }

  extension LinkRoutes {
    /// Where `executor`, or the driver, dials to reach `endpoint`.
    fileprivate func route(from executor: ExecutorID?, to endpoint: Endpoint) -> Endpoint {
      guard case .unix(let path) = endpoint, let kind = LinkKind(from: executor, to: path.name),
        !folders[kind.rawValue].isEmpty
      else { return endpoint }
      let dialler = executor.map { "e\($0.rawValue)" } ?? "driver"
      return .unix(path: FilePath(folders[kind.rawValue]) / dialler / path.name)
    }
  }

  /// A network some of whose endpoints are found elsewhere.
  private struct ReroutedNetwork: Network {
    let straight: any Network
    let routes: LinkRoutes
    let executor: ExecutorID?

    func listen(
      at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
    ) async throws -> any NetworkListener {
      try await straight.listen(at: endpoint, accept: accept)
    }

    func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
      try await straight.dial(routes.route(from: executor, to: endpoint), deadline: deadline)
    }
  }
#endif
