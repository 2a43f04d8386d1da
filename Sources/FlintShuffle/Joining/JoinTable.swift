/// The rows of one side of a join by their keys; rows of equal keys keep their order.
public final class JoinTable<Key: Hashable, Value> {
  /// The rows of one key, as a chain of numbers.
  @usableFromInline
  struct Chain {
    @usableFromInline var first: UInt32
    @usableFromInline var last: UInt32
    @usableFromInline var isMatched = false

    @inlinable
    init(_ number: UInt32) {
      first = number
      last = number
    }
  }

  @usableFromInline let index = AggregationTable<Key, Chain>()
  @usableFromInline var values: [Value] = []
  /// The number of the next row of the same key, or `end`.
  @usableFromInline var following: [UInt32] = []

  @inlinable static var end: UInt32 { .max }

  /// No rows.
  @inlinable
  public init() {}

  /// How many keys there are.
  @inlinable public var keyCount: Int { index.count }
  /// How many rows are kept.
  @inlinable public var rowCount: Int { values.count }

  /// Takes rows in. With `firstOnly` one row a key is kept, which is enough to know the keys.
  @inlinable
  @inline(__always)
  public func add(_ rows: [(Key, Value)], firstOnly: Bool) {
    var values = values
    var following = following
    self.values = []
    self.following = []
    index.merge(
      rows, key: { $0.0 },
      insert: { row in
        let number = UInt32(truncatingIfNeeded: values.count)
        values.append(row.1)
        following.append(Self.end)
        return Chain(number)
      },
      update: { chain, row in
        if firstOnly { return }
        let number = UInt32(truncatingIfNeeded: values.count)
        values.append(row.1)
        following.append(Self.end)
        following[Int(chain.last)] = number
        chain.last = number
      })
    self.values = values
    self.following = following
  }

  /// Adds all rows of the keys with these numbers.
  @inlinable
  @inline(__always)
  func append(_ keys: Range<Int>, to rows: inout [(Key, Value)]) {
    for number in keys {
      var row = index[number].first
      while row != Self.end {
        rows.append((index.key(number), values[Int(row)]))
        row = following[Int(row)]
      }
    }
  }

  /// Forgets all rows.
  @inlinable
  public func removeAll() {
    index.removeAll()
    values = []
    following = []
  }

  /// Bytes of the table with `more` rows of `rowBytes` each.
  @inlinable
  public func size(adding more: Int, rowBytes: Int) -> Int {
    // Arrays grow to twice their size; on average half of that is there for nothing.
    index.size(adding: more) + (values.count + more) * (rowBytes + rowBytes / 2 + 6)
  }
}
