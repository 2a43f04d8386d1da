internal import FlintColumns

/// Values of a leaf that are to be written, with their levels.
struct LeafInput {
  let vector: Vector
  /// The values that are there, by their numbers in the vector, in the order of their entries; nil for all of them.
  var rows: [Int32]?
  /// A level for each entry; empty where the leaf has none.
  var definitions: [UInt8] = []
  var repetitions: [UInt8] = []
  /// Entries: values, and whatever stands for none.
  var count: Int
}
