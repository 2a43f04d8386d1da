/// Finds the name that somebody probably meant.
package enum NearestName {
  /// The candidate with the fewest edits to `name`, the first of several; nil when even that one needs more edits than
  /// a third of the name, so that no far-fetched advice is given.
  package static func find(for name: String, in candidates: some Sequence<String>) -> String? {
    let bound = max(2, name.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(name, candidate)
      if distance <= bound, distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// How many letters must be inserted, removed, replaced or swapped with their neighbour to turn one name into the
  /// other; upper and lower case count as equal.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.lowercased())
    let right = Array(right.lowercased())
    var twoAbove: [Int] = []
    var above = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let replaced = above[column] + (left[row] == right[column] ? 0 : 1)
        var fewest = min(replaced, above[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          fewest = min(fewest, twoAbove[column - 1] + 1)
        }
        current.append(fewest)
      }
      (twoAbove, above) = (above, current)
    }
    return above[right.count]
  }
}
