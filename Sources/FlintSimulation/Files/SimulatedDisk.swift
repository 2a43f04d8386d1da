public import FlintCore

/// The disk of a simulated machine, in the hands of a scenario.
public struct SimulatedDisk: Sendable {
  private let state: Confined<DiskState>

  init(_ state: DiskState) {
    self.state = Confined(state)
  }

  /// What the disk does wrong from now on.
  public var faults: DiskFaults {
    get { state.value.faults }
    nonmutating set { state.value.faults = newValue }
  }

  /// Orders an error at one call, counted from now on. It fires at most once, or for ever when it stays; the probe
  /// `disk.disk-full` or `disk.input-output` tells that it did.
  public func order(_ failure: DiskFaults.Failure) { state.value.order(failure) }

  /// Its power is cut: what was not synced is lost or torn.
  public func crash() { state.value.crash() }

  /// Takes back every fault that was asked for; what is damaged stays so.
  public func repair() { state.value.repair() }

  /// Sees every call, once before its effect and once after it; nil when nobody looks.
  public var watch: (@Sendable (DiskFaults.Operation, _ isDone: Bool) -> Void)? {
    get { state.value.watch }
    nonmutating set { state.value.watch = newValue }
  }

  /// Whether a crash now could lose something: the moment to strike.
  public var hasUnsyncedChanges: Bool { state.value.hasUnsyncedChanges }

  /// Flips one bit of a file where it lies, in the cache and on the platter. Returns false when there is no such byte.
  @discardableResult
  public func flipBit(of path: FilePath, atByte offset: Int, bit: Int) -> Bool {
    guard let node = state.value.nodes[path], !node.isDirectory, node.bytes.indices.contains(offset) else {
      return false
    }
    node.flipBit(atByte: offset, bit: bit)
    state.value.engine.probe("disk.bit-flipped")
    return true
  }

  /// The paths of all files, sorted.
  public var files: [FilePath] {
    state.value.nodes.filter { !$0.value.isDirectory }.keys.sorted()
  }

  /// Removes what is at `path`, and all below it, under whoever uses it. Returns whether there was something.
  @discardableResult
  public func remove(_ path: FilePath) -> Bool {
    let disk = state.value
    guard disk.nodes[path] != nil else { return false }
    let all = disk.descendants(of: path).reversed() + [path]
    disk.rename(all.map { DiskState.NameChange(path: $0, node: nil) })
    disk.engine.probe("disk.removed")
    return true
  }

  /// Puts one file in the place of another, which is gone. Returns false when one is not there.
  @discardableResult
  public func move(_ source: FilePath, onto destination: FilePath) -> Bool {
    let disk = state.value
    guard source != destination, let node = disk.nodes[source], disk.nodes[destination] != nil else { return false }
    disk.rename([
      DiskState.NameChange(path: destination, node: node), DiskState.NameChange(path: source, node: nil),
    ])
    disk.engine.probe("disk.misplaced")
    return true
  }

  /// Puts a file where none is, with the directories above it, as if they had always been there.
  public func add(_ path: FilePath, _ bytes: [UInt8]) {
    let disk = state.value
    var missing: [FilePath] = []
    var folder = path.parent
    while disk.nodes[folder] == nil {
      missing.append(folder)
      folder = folder.parent
    }
    for folder in missing.reversed() {
      disk.rename([DiskState.NameChange(path: folder, node: FileNode(isDirectory: true))])
      disk.synchronizeNames(in: folder.parent)
    }
    let node = FileNode(isDirectory: false)
    node.apply(.write(offset: 0, bytes: bytes))
    node.synchronize()
    disk.rename([DiskState.NameChange(path: path, node: node)])
    disk.synchronizeNames(in: path.parent)
  }

  /// A file's bytes as processes see them now.
  public func bytes(of path: FilePath) -> [UInt8]? { state.value.nodes[path]?.bytes }
}
