internal import CZlib

/// gzip and zlib streams, by zlib. It checks the checksums that they end with.
final class ZlibDecoder: StreamDecoder {
  let continues: Bool
  private let record: ZlibRecord

  init(_ format: ZlibFormat) throws(CompressionFault) {
    continues = format == .gzip
    record = .allocate(capacity: 1)
    record.initialize(to: z_stream())
    guard inflateInit2_(record, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      record.deallocate()
      throw .noMemory
    }
  }

  deinit {
    inflateEnd(record)
    record.deallocate()
  }

  func reset() throws(CompressionFault) {
    let status = inflateReset(record)
    precondition(status == Z_OK, "zlib does not know its own stream")
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes) throws(CompressionFault) -> Bool {
    let available = input.count
    switch record.exchange(&input, &output, { inflate($0, Z_NO_FLUSH) }) {
    // Z_BUF_ERROR only says that input or room is missing.
    case Z_OK, Z_BUF_ERROR: return false
    case Z_STREAM_END: return true
    case Z_MEM_ERROR: throw .noMemory
    case Z_NEED_DICT: throw .damaged(offset: available - input.count, "it needs a dictionary, which nobody has")
    default: throw .damaged(offset: available - input.count, record.message)
    }
  }
}
