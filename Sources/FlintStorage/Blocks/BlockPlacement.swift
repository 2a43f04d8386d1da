/// Where a block may be kept. Whether it is there as rows or as bytes makes no difference here.
public enum BlockPlacement: CaseIterable, Hashable, Sendable {
  /// In memory; when there is no room, nowhere.
  case memory
  /// In memory, and on disk when there is no room.
  case memoryAndDisk
  /// On disk.
  case disk
}
