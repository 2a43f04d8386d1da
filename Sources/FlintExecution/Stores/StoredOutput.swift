internal import FlintShuffle
internal import FlintWire

/// A map task's output that knows where it will be.
final class StoredOutput: MapOutputWriting {
  private let writer: MapOutputWriter
  private let places: NodeStores.Places

  init(_ writer: MapOutputWriter, _ places: NodeStores.Places) {
    self.writer = writer
    self.places = places
  }

  var partitionCount: Int { writer.partitionCount }

  func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws {
    try await writer.append(block, rowCount: rowCount, checksum: checksum, to: partition)
  }

  func finish() async throws -> MapOutputReport {
    try await writer.finish(inMemory: places.inMemory, inFile: places.inFile)
  }

  func abandon() async { await writer.abandon() }
}
