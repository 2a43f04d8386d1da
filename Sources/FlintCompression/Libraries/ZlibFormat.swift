internal import CZlib

/// The wrapping around Deflate.
enum ZlibFormat {
  case gzip, zlib

  /// What zlib calls it: the power of two of the window, plus 16 for gzip.
  var windowBits: Int32 {
    switch self {
    case .gzip: 16 + MAX_WBITS
    case .zlib: MAX_WBITS
    }
  }
}

/// zlib's record of a stream. It stays in one place, since the library remembers its address.
typealias ZlibRecord = UnsafeMutablePointer<z_stream>

extension UnsafeMutablePointer where Pointee == z_stream {
  /// Shows input and output to the library for the time of `body`, and counts what it took and gave.
  func exchange(_ input: inout InputBytes, _ output: inout OutputBytes, _ body: (ZlibRecord) -> Int32) -> Int32 {
    let (given, room) = (UInt32(clamping: input.count), UInt32(clamping: output.room))
    pointee.next_in = UnsafeMutablePointer<UInt8>(mutating: input.start)
    pointee.avail_in = given
    pointee.next_out = output.start
    pointee.avail_out = room
    let status = body(self)
    input.drop(Int(given - pointee.avail_in))
    output.fill(Int(room - pointee.avail_out))
    return status
  }

  /// What the library has to say of its last error.
  var message: String { pointee.msg.map { String(cString: $0) } ?? "no reason given" }
}
