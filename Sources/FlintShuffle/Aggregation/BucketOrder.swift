/// The numbers of entries, ordered by the bucket that each belongs to; within a bucket in their own order.
public struct BucketOrder: Sendable {
  /// All numbers, bucket after bucket.
  public let numbers: [UInt32]
  /// Where each bucket starts, and where the last one ends.
  public let starts: [Int]

  /// The order of `count` buckets over entries with these hashes.
  public init(_ hashes: [UInt64], count: Int, bucket: (UInt64) -> Int) {
    var starts = [Int](repeating: 0, count: count + 1)
    let buckets = hashes.map { hash in
      let bucket = bucket(hash)
      starts[bucket + 1] += 1
      return UInt32(truncatingIfNeeded: bucket)
    }
    for bucket in 0..<count { starts[bucket + 1] += starts[bucket] }
    var next = starts
    numbers = [UInt32](unsafeUninitializedCapacity: hashes.count) { memory, initialized in
      for number in 0..<buckets.count {
        let bucket = Int(buckets[number])
        memory[next[bucket]] = UInt32(truncatingIfNeeded: number)
        next[bucket] += 1
      }
      initialized = hashes.count
    }
    self.starts = starts
  }

  /// The numbers of one bucket.
  public subscript(bucket: Int) -> ArraySlice<UInt32> { numbers[starts[bucket]..<starts[bucket + 1]] }
}
