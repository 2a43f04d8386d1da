public import FlintCore

/// What one map task wrote for a reader, and where it is.
public struct MapOutputEntry: Hashable, Sendable {
  /// The try that wrote it.
  public var map: TaskAttempt
  /// Where it is.
  public var place: BlockPlace
  /// How many bytes it wrote for the reader.
  public var byteCount: UInt64
  /// How many rows those are; the reader must read as many.
  public var rowCount: UInt64

  /// The output of `map` for one reader.
  public init(map: TaskAttempt, place: BlockPlace, byteCount: UInt64, rowCount: UInt64) {
    self.map = map
    self.place = place
    self.byteCount = byteCount
    self.rowCount = rowCount
  }
}

extension MapOutputEntry: WireCodable {
  static var leastSize: Int { 54 }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(map)
    writer.put(place)
    writer.put(byteCount)
    writer.put(rowCount)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      map: try reader.get(), place: try reader.get(), byteCount: try reader.get(), rowCount: try reader.get())
  }
}
