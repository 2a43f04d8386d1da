internal import FlintFiles
internal import FlintFormats

/// Which parts of files a task reads together: small ones share a task, so that there are not more tasks than are worth it.
struct PartGrouping {
  /// Tasks that can run at once.
  let partitionCount: Int
  /// Tasks for each of those: one that has less to do takes more.
  private static let waves = 4
  /// Bytes that are worth a task.
  private static let smallest: Int64 = 4 << 20

  init(partitionCount: Int) {
    self.partitionCount = partitionCount
  }

  /// The parts in their order, cut into groups of about as many bytes.
  func groups(_ parts: [FilePart]) -> [[FilePart]] {
    let total = parts.reduce(0) { $0 + $1.split.end - $1.split.start }
    let wanted = max(Self.smallest, total / Int64(partitionCount * Self.waves))
    var groups: [[FilePart]] = []
    var size: Int64 = 0
    for part in parts {
      if groups.isEmpty || size >= wanted {
        groups.append([])
        size = 0
      }
      groups[groups.count - 1].append(part)
      size += part.split.end - part.split.start
    }
    return groups
  }
}
