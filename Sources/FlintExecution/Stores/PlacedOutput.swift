internal import FlintShuffle
internal import FlintWire

/// A map output that says where it is when it is finished.
final class PlacedOutput: MapOutputWriting {
  private let writer: MapOutputWriter
  private let place: ExecutorPlace

  init(_ writer: MapOutputWriter, at place: ExecutorPlace) {
    self.writer = writer
    self.place = place
  }

  var partitionCount: Int { writer.partitionCount }

  func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws {
    try await writer.append(block, rowCount: rowCount, checksum: checksum, to: partition)
  }

  func finish() async throws -> MapOutputReport {
    try await writer.finish(inMemory: place.memory, inFile: place.files)
  }

  func abandon() async { await writer.abandon() }
}
