internal import FlintCore

extension TaskMetrics: WireCodable {
  static var leastSize: Int { 88 }

  func encode(to writer: inout WireWriter) {
    writer.put(rowsRead)
    writer.put(rowsWritten)
    writer.put(bytesRead)
    writer.put(bytesWritten)
    writer.put(shuffleRowsRead)
    writer.put(shuffleRowsWritten)
    writer.put(shuffleBytesRead)
    writer.put(shuffleBytesWritten)
    writer.put(spilledBytes)
    writer.put(cpuNanoseconds)
    writer.put(wallNanoseconds)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init()
    rowsRead = try reader.get()
    rowsWritten = try reader.get()
    bytesRead = try reader.get()
    bytesWritten = try reader.get()
    shuffleRowsRead = try reader.get()
    shuffleRowsWritten = try reader.get()
    shuffleBytesRead = try reader.get()
    shuffleBytesWritten = try reader.get()
    spilledBytes = try reader.get()
    cpuNanoseconds = try reader.get()
    wallNanoseconds = try reader.get()
  }
}
