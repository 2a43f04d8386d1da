/// One figure over the rows of a group, as ``GroupedDataset`` computes it.
///
/// ```swift
/// import FlintDatasets
///
/// struct Trip: Sendable { var zone: Int; var fare: Double; var distance: Double }
///
/// func byZone(_ trips: Dataset<Trip>) -> Dataset<(Int, (Double, Double, Int))> {
///   trips.grouped { $0.zone }.aggregate(.sum(\.fare), .average(\.distance), .count)
/// }
/// ```
public struct Aggregate<Row: Sendable, Partial: Sendable, Result: Sendable>: Sendable {
  @usableFromInline let create: @Sendable (Row) throws -> Partial
  @usableFromInline let add: @Sendable (inout Partial, Row) throws -> Void
  @usableFromInline let merge: @Sendable (inout Partial, Partial) throws -> Void
  @usableFromInline let result: @Sendable (Partial) throws -> Result

  /// A figure of the user's own.
  ///
  /// - Parameters:
  ///   - create: makes a partial figure of a group's first row.
  ///   - add: adds another row to it.
  ///   - merge: adds another partial figure to it.
  ///   - result: makes the figure of it.
  @inlinable
  @inline(__always)
  public init(
    create: @escaping @Sendable (Row) throws -> Partial, add: @escaping @Sendable (inout Partial, Row) throws -> Void,
    merge: @escaping @Sendable (inout Partial, Partial) throws -> Void,
    result: @escaping @Sendable (Partial) throws -> Result
  ) {
    self.create = create
    self.add = add
    self.merge = merge
    self.result = result
  }
}

extension Aggregate where Result == Partial {
  /// The sum of a value. A sum of integers that 64 bits do not hold fails the job.
  @inlinable
  @inline(__always)
  public static func sum(_ value: @escaping @Sendable (Row) throws -> Partial) -> Aggregate
  where Partial: AdditiveArithmetic {
    Aggregate(create: value, add: { $0 += try value($1) }, merge: { $0 += $1 }, result: { $0 })
  }

  /// The smallest value.
  @inlinable
  @inline(__always)
  public static func min(_ value: @escaping @Sendable (Row) throws -> Partial) -> Aggregate
  where Partial: Comparable {
    Aggregate(
      create: value, add: { $0 = Swift.min($0, try value($1)) }, merge: { $0 = Swift.min($0, $1) }, result: { $0 })
  }

  /// The largest value.
  @inlinable
  @inline(__always)
  public static func max(_ value: @escaping @Sendable (Row) throws -> Partial) -> Aggregate
  where Partial: Comparable {
    Aggregate(
      create: value, add: { $0 = Swift.max($0, try value($1)) }, merge: { $0 = Swift.max($0, $1) }, result: { $0 })
  }
}

extension Aggregate where Partial == Int, Result == Int {
  /// How many rows there are.
  @inlinable public static var count: Aggregate {
    Aggregate(create: { _ in 1 }, add: { count, _ in count += 1 }, merge: { $0 += $1 }, result: { $0 })
  }
}

extension Aggregate where Partial == Mean, Result == Double {
  /// The mean of a value.
  @inlinable
  @inline(__always)
  public static func average(_ value: @escaping @Sendable (Row) throws -> Double) -> Aggregate {
    Aggregate(
      create: { Mean(sum: try value($0), count: 1) },
      add: { mean, row in
        mean.sum += try value(row)
        mean.count += 1
      },
      merge: { mean, more in
        mean.sum += more.sum
        mean.count += more.count
      }, result: { $0.sum / Double($0.count) })
  }
}
