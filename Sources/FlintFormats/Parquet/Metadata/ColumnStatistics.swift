/// What a writer knows of the values of a chunk or a page. Bounds are the values in plain encoding.
struct ColumnStatistics {
  var least: [UInt8]?
  var greatest: [UInt8]?
  var nullCount: Int64?
  var isLeastExact: Bool?
  var isGreatestExact: Bool?

  static func read(_ reader: inout ThriftReader) throws(FormatFault) -> ColumnStatistics {
    var statistics = ColumnStatistics()
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      // Fields 1 and 2 are the older bounds, of which nobody knows by which order they were taken.
      case (3, .int64): statistics.nullCount = try reader.int64()
      case (5, .binary): statistics.greatest = try reader.bytes()
      case (6, .binary): statistics.least = try reader.bytes()
      case (7, .yes), (7, .no): statistics.isGreatestExact = type == .yes
      case (8, .yes), (8, .no): statistics.isLeastExact = type == .yes
      default: return false
      }
      return true
    }
    return statistics
  }

  func write(_ writer: inout ThriftStructWriter) {
    writer.field(3, nullCount)
    writer.field(5, greatest)
    writer.field(6, least)
    writer.field(7, isGreatestExact)
    writer.field(8, isLeastExact)
  }
}
