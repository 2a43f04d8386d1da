/// What a block on disk outlives once it is written.
public enum BlockDurability: CaseIterable, Hashable, Sendable {
  /// The process that wrote it. When the machine loses power the block may be gone, or damaged, which its reader sees:
  /// enough for what can be computed again, and much cheaper.
  case process
  /// The machine's power too: file and directory are synced before the writer hears that it is written.
  case machine
}
