/// How the values of a page become bytes.
public enum ParquetEncoding: Int32, CaseIterable, Hashable, Sendable {
  /// One after another, as they lie in memory.
  case plain = 0
  /// The same as ``rleDictionary``, as old writers call it.
  case plainDictionary = 2
  /// Runs of equal values and packed bits, for levels and truth values.
  case rle = 3
  /// Packed bits from the highest down, for levels of old writers.
  case bitPacked = 4
  /// Packed differences between neighbours.
  case deltaBinaryPacked = 5
  /// Packed lengths, and the bytes of all values behind them.
  case deltaLengthByteArray = 6
  /// How much each value shares with the one before it, and the rest.
  case deltaByteArray = 7
  /// Numbers of values in the dictionary page.
  case rleDictionary = 8
  /// The first bytes of all values, then the second bytes, and so on.
  case byteStreamSplit = 9

  var isDictionary: Bool { self == .rleDictionary || self == .plainDictionary }
}
