public import FlintCore

/// What an executor needs of a machine, or what a machine has to give.
public struct ExecutorSize: Hashable, Sendable, CustomStringConvertible {
  /// Tasks that it runs at once.
  public let cores: Int
  /// Memory for rows, results and programs.
  public let memory: ByteCount

  /// So many cores with so much memory.
  public init(cores: Int, memory: ByteCount) {
    self.cores = cores
    self.memory = memory
  }

  /// Whether an executor of this size has room on a machine of that size.
  public func fits(on machine: ExecutorSize) -> Bool { cores <= machine.cores && memory <= machine.memory }

  /// Such as `4 cores and 8 GiB`.
  public var description: String { "\(cores) cores and \(memory)" }
}
