import Flint

/// What needs more memory than there is.
extension JobProbe {
  static func reading(_ flint: Session, _ options: Options) async throws {
    var (sum, count) = (0, 0)
    for try await row in flint.range(0..<options.rows, partitions: options.partitions).rows() {
      if count == 0 { Gate.pass(options.driverGate) }
      (sum, count) = (sum + row, count + 1)
    }
    print(count, sum)
  }

  static func hotKey(_ flint: Session, _ options: Options) async throws {
    let keys = options.keys
    let texts = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      (number % 10 < 6 ? "hot" : "key \(number % keys)", "a text that is long enough, number \(number)")
    }
    let sorted = texts.sortByKey()
    let counts = texts.map { ($0.0, 1) }.reduceByKey(+)
    print(try await sorted.count(), try await counts.collect().first { $0.0 == "hot" }?.1 ?? 0)
    // Every row with the hot key meets it in one task.
    let joined = texts.join(flint.parallelize([("hot", 1), ("key 7", 2)], partitions: 2))
    print(try await joined.count())
  }

  static func hoarding(_ flint: Session, _ options: Options) async throws {
    let megabytes = options.rows
    let count = try await flint.range(0..<100_000_000, partitions: options.partitions).mapPartitions { rows in
      Hoard(rows: rows, megabytes: megabytes)
    }.count()
    print(count)
  }
}

/// Rows of which each thousandth costs memory that is never given back.
private struct Hoard: AsyncSequence {
  typealias Element = Int
  let rows: PartitionRows<Int>
  let megabytes: Int

  func makeAsyncIterator() -> Iterator { Iterator(rows: rows.makeAsyncIterator(), megabytes: megabytes) }

  struct Iterator: AsyncIteratorProtocol {
    var rows: PartitionRows<Int>.Iterator
    let megabytes: Int
    var hoard: [[UInt8]] = []
    var count = 0

    mutating func next() async throws -> Int? {
      count += 1
      if count % 1000 == 0, hoard.count < megabytes { hoard.append([UInt8](repeating: 1, count: 1 << 20)) }
      return try await rows.next()
    }
  }
}
