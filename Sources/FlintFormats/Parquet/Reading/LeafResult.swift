internal import FlintColumns

/// What a batch has of one leaf.
struct LeafResult {
  let vector: Vector
  /// Nil for a flat column, whose vector says it all.
  let levels: LevelStore?
}
