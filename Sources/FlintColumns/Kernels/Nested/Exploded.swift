/// The elements of lists as rows of their own.
public struct Exploded: Sendable {
  /// The row that each element came from.
  public let rows: RowNumbers
  /// The place of each element in its list, from 0 on, as an `int32`; null where a row has none.
  public let positions: Vector
  /// The elements of lists, or the keys and the values of maps; null where a row has none.
  public let values: [Vector]
}
