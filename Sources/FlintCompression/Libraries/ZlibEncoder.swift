internal import CZlib

/// gzip and zlib streams, by zlib. Both formats always have a checksum.
final class ZlibEncoder: StreamEncoder {
  private let record: ZlibRecord

  init(_ format: ZlibFormat, level: Int) throws(CompressionFault) {
    record = .allocate(capacity: 1)
    record.initialize(to: z_stream())
    // 8 is zlib's own default for the memory that it uses.
    let status = deflateInit2_(
      record, Int32(level), Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      record.deallocate()
      throw .noMemory
    }
  }

  deinit {
    deflateEnd(record)
    record.deallocate()
  }

  func reset() throws(CompressionFault) {
    let status = deflateReset(record)
    precondition(status == Z_OK, "zlib does not know its own stream")
  }

  func step(_ input: inout InputBytes, _ output: inout OutputBytes, isLast: Bool) throws(CompressionFault) -> Bool {
    let fits = input.count <= Int(UInt32.max)
    let status = record.exchange(&input, &output) { deflate($0, isLast && fits ? Z_FINISH : Z_NO_FLUSH) }
    switch status {
    case Z_OK, Z_BUF_ERROR: return false
    case Z_STREAM_END: return true
    default: throw .library(record.message)
    }
  }

  /// Of a stream that has ended the library forgets header and trailer, which are 18 bytes at most.
  func bound(_ count: Int) -> Int { Int(deflateBound(record, UInt(count))) + 18 }
}
