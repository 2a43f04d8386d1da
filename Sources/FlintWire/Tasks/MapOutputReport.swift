public import FlintCore

/// What a map task wrote for a shuffle, as it tells the driver.
public struct MapOutputReport: Hashable, Sendable {
  /// The shuffle.
  public var shuffle: ShuffleID
  /// Where it can be fetched.
  public var place: BlockPlace
  /// Bytes for each reduce partition.
  public var byteCounts: [UInt64]
  /// Rows for each reduce partition; as many as there are byte counts.
  public var rowCounts: [UInt64]
  /// A checksum of its rows that does not depend on their order.
  public var checksum: UInt64

  /// What was written for `shuffle`.
  public init(shuffle: ShuffleID, place: BlockPlace, byteCounts: [UInt64], rowCounts: [UInt64], checksum: UInt64) {
    precondition(byteCounts.count == rowCounts.count, "\(byteCounts.count) sizes and \(rowCounts.count) row counts")
    self.shuffle = shuffle
    self.place = place
    self.byteCounts = byteCounts
    self.rowCounts = rowCounts
    self.checksum = checksum
  }
}

extension MapOutputReport: WireCodable {
  static var leastSize: Int { 38 }

  func encode(to writer: inout WireWriter) {
    writer.put(shuffle)
    writer.put(place)
    writer.put(numbers: byteCounts)
    writer.put(numbers: rowCounts)
    writer.put(checksum)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    shuffle = try reader.getID()
    place = try reader.get()
    byteCounts = try reader.getNumbers()
    rowCounts = try reader.getNumbers()
    checksum = try reader.get()
    guard byteCounts.count == rowCounts.count else { throw .badCount }
  }
}
