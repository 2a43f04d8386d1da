internal import CFlint
internal import FlintCore

/// The seed of all hashing in the processes of one application, so that equal keys have equal hash values in each.
///
/// The driver draws it and tells every executor over its pipe, where nobody else can read it: who knows the seed can make
/// keys that all fall into one partition.
package struct HashSeed: Hashable, Sendable {
  let first: UInt64
  let second: UInt64

  init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// A new seed.
  static func draw(from randomness: any Randomness) -> HashSeed {
    HashSeed(first: randomness.next(), second: randomness.next())
  }

  /// Makes it the seed of this process. Nothing may have hashed before.
  func install() { flint_set_hash_seed(first, second) }

  /// A number that is equal in two processes when their runtimes hash alike. The driver compares it, because the place
  /// of the seed is no promise of the standard library.
  static var proof: UInt64 {
    var hasher = Hasher()
    hasher.combine("flint")
    hasher.combine(4096)
    hasher.combine(-0.0)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
