/// A file or a directory of a simulated disk, in two states: as processes see it, and as the platter has it.
final class FileNode {
  /// A change to a file's bytes that the platter may not have yet.
  enum Change {
    case write(offset: Int, bytes: [UInt8])
    case truncate(size: Int)
  }

  let isDirectory: Bool
  var bytes: [UInt8] = []
  private(set) var durableBytes: [UInt8] = []
  private(set) var unsynced: [Change] = []

  init(isDirectory: Bool) {
    self.isDirectory = isDirectory
  }

  func apply(_ change: Change) {
    FileNode.apply(change, to: &bytes)
    unsynced.append(change)
  }

  /// The platter has everything now.
  func synchronize() {
    durableBytes = bytes
    unsynced = []
  }

  /// The system has tried to write, has failed, and will not try again: what was unsynced is lost at the next crash,
  /// however often somebody synchronizes.
  func loseUnsynced() {
    unsynced = []
  }

  /// Flips a bit of the file and, where the platter has that byte, of the platter.
  func flipBit(atByte offset: Int, bit: Int) {
    bytes[offset] ^= 1 << UInt8(bit)
    if durableBytes.indices.contains(offset) { durableBytes[offset] ^= 1 << UInt8(bit) }
  }

  /// Whatever is not synced gets lost, torn or kept, change by change.
  func crash(random: inout SplitMix64) -> Bool {
    var isTorn = false
    for change in unsynced {
      switch random.below(3) {
      case 0: continue
      case 1: FileNode.apply(change, to: &durableBytes)
      default:
        isTorn = true
        FileNode.apply(FileNode.torn(change, random: &random), to: &durableBytes)
      }
    }
    bytes = durableBytes
    unsynced = []
    return isTorn
  }

  /// Disks write whole sectors: a torn write has some of them, and zeros where the file has grown but its data has not
  /// come.
  private static func torn(_ change: Change, random: inout SplitMix64) -> Change {
    guard case .write(let offset, let bytes) = change else { return change }
    let kept = bytes.prefix(random.below(bytes.count / 512 + 1) * 512)
    return .write(offset: offset, bytes: kept + Array(repeating: 0, count: bytes.count - kept.count))
  }

  private static func apply(_ change: Change, to bytes: inout [UInt8]) {
    switch change {
    case .write(let offset, let new):
      guard !new.isEmpty else { return }
      if bytes.count < offset + new.count {
        bytes += Array(repeating: 0, count: offset + new.count - bytes.count)
      }
      bytes.replaceSubrange(offset..<offset + new.count, with: new)
    case .truncate(let size):
      if size < bytes.count {
        bytes.removeSubrange(size...)
      } else {
        bytes += Array(repeating: 0, count: size - bytes.count)
      }
    }
  }
}
