/// Where the values of a vector lie. A `start` is the number of the first value, for vectors that are parts of others.
public enum VectorForm: Sendable {
  /// One bit a value.
  case bits(ColumnBuffer, start: Int)
  /// Values of a fixed width side by side; under null lies any value.
  case values(ColumnBuffer, start: Int)
  /// 32-bit offsets into the bytes; value `i` lies from offset `start + i` to the next one. Offsets never fall.
  case text(offsets: ColumnBuffer, start: Int, bytes: ColumnBuffer)
  /// 32-bit offsets into all elements, as for texts.
  case list(offsets: ColumnBuffer, start: Int, elements: Vector)
  /// A vector for each field, each as long as this one.
  case structure([Vector])
  /// 32-bit offsets into all keys and all values, as for texts.
  case map(offsets: ColumnBuffer, start: Int, keys: Vector, values: Vector)
  /// 32-bit numbers of values in the dictionary, which holds neither nulls nor another dictionary. Under null lies a number
  /// of the dictionary too, unless that is empty. Values may stand in it twice.
  case dictionary(codes: ColumnBuffer, start: Int, dictionary: Vector)
}
