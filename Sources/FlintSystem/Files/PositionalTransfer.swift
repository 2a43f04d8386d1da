internal import CFlint
internal import FlintCore
internal import Glibc

/// Reads and writes whole ranges of a file, however the system cuts them.
enum PositionalTransfer {
  /// Fills `buffer` from `offset`; returns how many bytes it got, which are fewer only at the end of the file.
  static func read(
    _ buffer: UnsafeMutableRawBufferPointer, _ descriptor: CInt, at offset: Int64, _ path: FilePath
  ) throws(FlintError) -> Int {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = try systemCall("cannot read \(path) at \(offset + Int64(done))") {
        pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
      }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// Reads from `offset` what is in memory, without waiting for a disk; returns how many bytes that was, which may be none.
  static func readCached(_ buffer: UnsafeMutableRawBufferPointer, _ descriptor: CInt, at offset: Int64) -> Int {
    guard let start = buffer.baseAddress, buffer.count <= largestCopy else { return 0 }
    return max(0, flint_read_cached(descriptor, start, buffer.count, off_t(offset)))
  }

  /// Bytes that may be copied on a thread for which others wait: a fraction of a millisecond.
  private static let largestCopy = 1 << 20

  /// Writes all of `buffer` at `offset`.
  static func write(
    _ buffer: UnsafeRawBufferPointer, _ descriptor: CInt, at offset: Int64, _ path: FilePath
  ) throws(FlintError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
      let count = try systemCall("cannot write \(path) at \(offset + Int64(done))") {
        pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
      }
      // No file system should, and one that does would keep this thread for ever.
      guard count > 0 else { throw FlintError(.inputOutput, "cannot write \(path)", why: "the system takes no bytes") }
      done += count
    }
  }
}
