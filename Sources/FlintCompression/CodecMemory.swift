/// What the libraries may take of memory that no budget counts.
enum CodecMemory {
  /// The power of two of ``largestWindow``: what the `zstd` command reads without being asked.
  static let largestWindowLog: Int32 = 27
  /// How far back, in bytes, compressed bytes may refer. A reader may have to keep as much.
  static let largestWindow = 1 << Int(largestWindowLog)
}
