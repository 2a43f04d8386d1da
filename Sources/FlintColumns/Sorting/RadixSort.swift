/// Sorts by words, byte by byte from the lowest; rows with equal words stay as they were.
enum RadixSort {
  /// From how many rows on its tables pay.
  static let worthwhile = 512
  private static let digits = 8

  /// Sorts `items` with the help of `other`, which has as much room. Returns that of the two in which the result lies.
  static func sort(
    _ items: UnsafeMutablePointer<SortPair>, _ other: UnsafeMutablePointer<SortPair>, _ count: Int
  ) -> UnsafeMutablePointer<SortPair> {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits * 256) { room in
      guard let counts = room.baseAddress else { return items }
      counts.initialize(repeating: 0, count: digits * 256)
      for index in 0..<count {
        let word = items[index].word
        for digit in 0..<digits {
          counts[digit &* 256 &+ Int(truncatingIfNeeded: (word &>> UInt64(8 &* digit)) & 255)] &+= 1
        }
      }
      var source = items
      var target = other
      for digit in 0..<digits {
        let ends = counts + digit * 256
        let shift = UInt64(8 * digit)
        // A byte that all words share moves nothing.
        if count > 0, ends[Int((source[0].word >> shift) & 255)] == count { continue }
        var sum = 0
        for value in 0..<256 {
          let size = ends[value]
          ends[value] = sum
          sum &+= size
        }
        for index in 0..<count {
          let item = source[index]
          let value = Int(truncatingIfNeeded: (item.word &>> shift) & 255)
          target[ends[value]] = item
          ends[value] &+= 1
        }
        swap(&source, &target)
      }
      return source
    }
  }
}
