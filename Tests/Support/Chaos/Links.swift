import FlintCore
import FlintSupervisor
import FlintSystem

/// The kinds of link of an application, by who dials whom, as the settings `flint.test.link.*` call them.
enum LinkKind: String, CaseIterable, Sendable {
  case executorDriver, executorExecutor, executorNode, driverExecutor

  /// The sockets of `count` executors of this kind of link, the dialler's folder first.
  func sockets(_ count: Int, lives: Int) -> [String] {
    let all = 0..<count
    return switch self {
    case .executorDriver: all.map { "e\($0)/driver.sock" }
    case .executorExecutor:
      all.flatMap { from in
        all.filter { $0 != from }.flatMap { to in (0..<lives).map { "e\(from)/e\(to)-\($0).sock" } }
      }
    case .executorNode: all.flatMap { from in all.map { "e\(from)/n\($0).sock" } }
    case .driverExecutor: all.flatMap { to in (0..<lives).map { "driver/e\(to)-\($0).sock" } }
    }
  }
}

/// Proxies in the links of one application.
struct Links: Sendable {
  /// How many lives of an executor have a proxy.
  private static let lives = 4

  let settings: [String]
  let executorCount: Int
  private let arena: Arena
  /// By socket: `e0/driver.sock`.
  private let proxies: [String: FaultProxy]

  /// Proxies in all links of these kinds, between `count` executors and their driver.
  init(_ kinds: [LinkKind], executors count: Int = 2, in arena: Arena) async throws {
    self.arena = arena
    executorCount = count
    let folder = arena.folder / "links"
    arena.expect("links")
    settings = kinds.map { "flint.test.link.\($0.rawValue)=\(folder)" }
    var proxies: [String: FaultProxy] = [:]
    for socket in kinds.flatMap({ $0.sockets(count, lives: Self.lives) }) {
      let path = folder / socket
      try await arena.context.files.createDirectory(path.parent)
      let proxy = FaultProxy(socket, context: arena.context) { [arena] in try await Self.target(path.name, in: arena) }
      try await proxy.open(at: .unix(path: path))
      arena.keep(proxy)
      proxies[socket] = proxy
    }
    self.proxies = proxies
  }

  /// The real socket of this name, in the application's one folder.
  private static func target(_ name: String, in arena: Arena) async throws -> Endpoint {
    let own = arena.nodes / "flint-\(SystemUser.number)"
    for folder in try await arena.context.files.list(own) {
      let path = own / folder / name
      if try await arena.context.files.status(of: path) != nil { return .unix(path: path) }
    }
    throw FlintError(.fileNotFound, "nobody listens at a socket \(name)")
  }

  /// The proxy at one socket.
  subscript(_ socket: String) -> FaultProxy {
    guard let proxy = proxies[socket] else { preconditionFailure("there is no proxy at \(socket)") }
    return proxy
  }

  /// All of them with who dials and who is dialled: `driver`, or `e0` for an executor and its node.
  var byEnds: [(ends: (dialler: String, dialled: String), proxy: FaultProxy)] {
    proxies.sorted { $0.key < $1.key }.map { socket, proxy in
      let parts = socket.split(separator: "/")
      let dialled = parts[1].prefix { $0 != "-" && $0 != "." }
      return ((String(parts[0]), dialled == "driver" ? "driver" : "e\(dialled.dropFirst())"), proxy)
    }
  }

  /// Lets bytes travel like this on every link of one kind.
  func set(_ conditions: LinkConditions, of kind: LinkKind) async {
    for socket in kind.sockets(executorCount, lives: Self.lives) { await proxies[socket]?.set(conditions) }
  }

  /// All of them, by their names.
  var all: [FaultProxy] { proxies.sorted { $0.key < $1.key }.map(\.value) }

  /// Lets bytes travel like this on every link.
  func set(_ conditions: LinkConditions) async {
    for proxy in all { await proxy.set(conditions) }
  }

  /// Arms a fault at every link, each with a budget of its own.
  func arm(_ fault: LinkFault, on pattern: FramePattern, skip: Int = 0, count: Int = 1) async {
    for proxy in all { await proxy.arm(fault, on: pattern, skip: skip, count: count) }
  }

  /// How often faults have struck.
  var firedCount: Int {
    get async {
      var count = 0
      for proxy in all { count += await proxy.firedCount }
      return count
    }
  }

  /// Demands that a fault has struck.
  func expectFired() async {
    var words: [String] = []
    for proxy in all {
      for fault in await proxy.armed where fault.fired > 0 {
        words.append("\(proxy.name): \(fault.fault) ×\(fault.fired)")
      }
    }
    arena.require(!words.isEmpty, .told, "no fault of a link has struck")
    if !words.isEmpty { arena.fired(words.joined(separator: ", ")) }
  }

  /// Demands that bytes went through the proxies.
  func expectUsed() async {
    var (bytes, connections) = (0, 0)
    for proxy in all {
      bytes += await proxy.byteCount
      connections += Int(await proxy.connectionCount)
    }
    arena.require(bytes > 0, .told, "nothing went through the proxies")
    if bytes > 0 { arena.fired("\(connections) connections carried \(bytes) bytes") }
  }
}
