internal import FlintCore

/// Names of files whose block is not whole yet. No two writers get the same one, in whatever process they are.
enum UnfinishedName {
  private static let prefix = ".unfinished."

  static func make(_ randomness: any Randomness) -> String { prefix + String(randomness.next(), radix: 16) }

  static func matches(_ name: String) -> Bool { name.hasPrefix(prefix) }
}
