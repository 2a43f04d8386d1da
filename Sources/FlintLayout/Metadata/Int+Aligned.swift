extension Int {
  /// The next multiple of `alignment`, which is a power of two.
  package func aligned(to alignment: Int) -> Int { (self + alignment - 1) & ~(alignment - 1) }
}
