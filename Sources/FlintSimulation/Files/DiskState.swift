internal import FlintCore

/// The disk of a simulated machine: a tree of names over file nodes, a journal of changes to names that a crash may
/// lose, and the faults that were ordered.
final class DiskState {
  /// A change to the names of the tree; a name without a node is removed.
  struct NameChange {
    let path: FilePath
    let node: FileNode?
  }

  let engine: Engine
  let host: String
  var faults = DiskFaults()
  /// Sees every call, once before its effect and once after it.
  var watch: (@Sendable (DiskFaults.Operation, _ isDone: Bool) -> Void)?
  /// Ordered failures and how many calls each has counted.
  private var failures: [(failure: DiskFaults.Failure, calls: Int)] = []
  private(set) var nodes: [FilePath: FileNode]
  private var durableNodes: [FilePath: FileNode]
  /// Groups of changes that happen together, oldest first.
  private var journal: [[NameChange]] = []

  init(engine: Engine, host: String) {
    self.engine = engine
    self.host = host
    let root = FileNode(isDirectory: true)
    nodes = ["/": root, "/tmp": FileNode(isDirectory: true)]
    durableNodes = nodes
  }

  // MARK: Faults

  func order(_ failure: DiskFaults.Failure) {
    failures.append((failure, 0))
  }

  /// Takes back every fault that was asked for; what is damaged stays so.
  func repair() {
    faults = DiskFaults()
    failures = []
  }

  /// Counts a call and throws the failure that is due, if one is.
  func check(_ operation: DiskFaults.Operation, _ path: FilePath) throws {
    engine.note(
      .fileOperation, Trace.fingerprint(operation.rawValue), Trace.fingerprint(path.string),
      "\(host): \(operation) \(path)")
    for index in failures.indices where failures[index].failure.operation.map({ $0 == operation }) ?? true {
      failures[index].calls += 1
      let (failure, calls) = failures[index]
      guard calls == failure.call || (failure.stays && calls > failure.call) else { continue }
      throw fault(failure.code, operation, path)
    }
    if engine.chances.chance(permille: faults.errorPermille) { throw fault(.inputOutput, operation, path) }
  }

  private func fault(_ code: FlintError.Code, _ operation: DiskFaults.Operation, _ path: FilePath) -> FlintError {
    engine.probe("disk.\(code.rawValue)")
    engine.note(.fileFault, 0, 0, "\(host): \(operation) \(path) fails with \(code.rawValue)")
    return FlintError(code, "cannot \(operation.rawValue) \(path)", why: "a simulated \(code.rawValue)")
  }

  // MARK: Names

  /// Applies changes that happen together, and remembers them until their directories are synced.
  func rename(_ changes: [NameChange]) {
    for change in changes { nodes[change.path] = change.node }
    journal.append(changes)
  }

  /// Makes the names in `directory` durable, and with them all older changes: journals are written in order.
  func synchronizeNames(in directory: FilePath) {
    guard let last = journal.lastIndex(where: { $0.contains { $0.path.parent == directory } }) else { return }
    commit(last + 1)
  }

  private func commit(_ count: Int) {
    for change in journal.prefix(count).joined() { durableNodes[change.path] = change.node }
    journal.removeFirst(count)
  }

  /// The names directly inside `directory`, sorted by their bytes.
  func names(in directory: FilePath) -> [String] {
    nodes.keys.filter { $0.parent == directory && $0.string != "/" }.map(\.name)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The paths below `directory`, at any depth.
  func descendants(of directory: FilePath) -> [FilePath] {
    nodes.keys.filter { $0.isBelow(directory) }.sorted()
  }

  /// Whether a crash now could lose something.
  var hasUnsyncedChanges: Bool { !journal.isEmpty || nodes.values.contains { !$0.unsynced.isEmpty } }

  /// The changes that move `source`, with all below it, to `destination`.
  func moves(of source: FilePath, to destination: FilePath) -> [NameChange] {
    ([source] + descendants(of: source)).flatMap { path in
      // By bytes: what is one character to Swift may reach across a slash.
      let rest = Substring(path.string.utf8.dropFirst(source.string.utf8.count))
      return [
        NameChange(path: path, node: nil),
        NameChange(path: FilePath(destination.string + rest), node: nodes[path]),
      ]
    }
  }

  var usedByteCount: Int { nodes.values.reduce(0) { $0 + $1.bytes.count } }

  // MARK: Crash

  /// Power is gone: some of the newest changes to names are lost, and what files had not synced is lost or torn.
  func crash() {
    commit(engine.chances.below(journal.count + 1))
    if !journal.isEmpty { engine.probe("disk.names-lost") }
    journal = []
    nodes = durableNodes
    var seen: Set<ObjectIdentifier> = []
    for path in nodes.keys.sorted() {
      guard let node = nodes[path], !node.isDirectory, seen.insert(ObjectIdentifier(node)).inserted else { continue }
      if !node.unsynced.isEmpty { engine.probe("disk.writes-lost") }
      if node.crash(random: &engine.chances) { engine.probe("disk.torn-write") }
    }
  }
}
