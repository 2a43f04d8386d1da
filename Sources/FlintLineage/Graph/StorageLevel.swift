/// Where the partitions of a dataset are kept once they were computed, in Spark's words.
public struct StorageLevel: Hashable, Sendable, CustomStringConvertible {
  /// Kept in memory.
  public let usesMemory: Bool
  /// Kept on disk, or moved there when memory is short.
  public let usesDisk: Bool
  /// In memory as bytes, not as rows: smaller, and slower to read.
  public let isSerialized: Bool
  /// On how many executors; 1 or 2.
  public let replicaCount: Int

  private init(memory: Bool, disk: Bool, serialized: Bool, replicas: Int = 1) {
    usesMemory = memory
    usesDisk = disk
    isSerialized = serialized
    replicaCount = replicas
  }

  /// Rows in memory; what does not fit is computed again when it is needed.
  public static let memoryOnly = StorageLevel(memory: true, disk: false, serialized: false)
  /// Rows in memory; what does not fit goes to disk.
  public static let memoryAndDisk = StorageLevel(memory: true, disk: true, serialized: false)
  /// Bytes in memory; what does not fit is computed again.
  public static let memoryOnlySerialized = StorageLevel(memory: true, disk: false, serialized: true)
  /// Bytes in memory; what does not fit goes to disk.
  public static let memoryAndDiskSerialized = StorageLevel(memory: true, disk: true, serialized: true)
  /// Bytes on disk.
  public static let diskOnly = StorageLevel(memory: false, disk: true, serialized: true)

  /// As ``memoryOnly``, on two executors.
  public static let memoryOnly2 = memoryOnly.replicatedTwice
  /// As ``memoryAndDisk``, on two executors.
  public static let memoryAndDisk2 = memoryAndDisk.replicatedTwice
  /// As ``memoryOnlySerialized``, on two executors.
  public static let memoryOnlySerialized2 = memoryOnlySerialized.replicatedTwice
  /// As ``memoryAndDiskSerialized``, on two executors.
  public static let memoryAndDiskSerialized2 = memoryAndDiskSerialized.replicatedTwice
  /// As ``diskOnly``, on two executors.
  public static let diskOnly2 = diskOnly.replicatedTwice

  /// The same on two executors, so that the loss of one costs nothing.
  public var replicatedTwice: StorageLevel {
    StorageLevel(memory: usesMemory, disk: usesDisk, serialized: isSerialized, replicas: 2)
  }

  /// Such as `memory and disk, serialized, on 2 executors`.
  public var description: String {
    let places = [usesMemory ? "memory" : nil, usesDisk ? "disk" : nil].compactMap(\.self).joined(separator: " and ")
    let form = isSerialized && usesMemory ? ", serialized" : ""
    return places + form + (replicaCount > 1 ? ", on \(replicaCount) executors" : "")
  }
}
