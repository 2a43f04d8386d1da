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

  /// Takes back every fault that was asked for; what is damaged stays so.
  public func repair() { state.value.repair() }

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

  /// A file's bytes as processes see them now.
  public func bytes(of path: FilePath) -> [UInt8]? { state.value.nodes[path]?.bytes }
}
