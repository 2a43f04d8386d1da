/// What is known of the values of each data page of a chunk. Bounds are values in plain encoding.
struct ColumnIndex {
  enum Order: Int32 { case unordered = 0, ascending, descending }

  var nullPages: [Bool] = []
  var least: [[UInt8]] = []
  var greatest: [[UInt8]] = []
  var order = Order.unordered
  var nullCounts: [Int64] = []

  init() {}

  init(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    var reader = ThriftReader(bytes)
    try reader.structure { (reader, number, type) throws(FormatFault) in
      switch (number, type) {
      case (1, .list):
        nullPages = try reader.list(.yes) { (reader) throws(FormatFault) in try reader.listedBool() }
      case (2, .list): least = try reader.list(.binary) { (reader) throws(FormatFault) in try reader.bytes() }
      case (3, .list): greatest = try reader.list(.binary) { (reader) throws(FormatFault) in try reader.bytes() }
      case (4, .int32): order = Order(rawValue: try reader.int32()) ?? .unordered
      case (5, .list): nullCounts = try reader.list(.int64) { (reader) throws(FormatFault) in try reader.int64() }
      default: return false
      }
      return true
    }
    guard least.count == nullPages.count, greatest.count == nullPages.count,
      nullCounts.isEmpty || nullCounts.count == nullPages.count
    else { throw .damaged("the lists of a page index differ in length") }
  }

  var bytes: [UInt8] {
    ThriftStructWriter.bytes { writer in
      writer.list(1, nullPages)
      writer.list(2, least)
      writer.list(3, greatest)
      writer.field(4, order.rawValue)
      writer.list(5, nullCounts)
    }
  }
}
