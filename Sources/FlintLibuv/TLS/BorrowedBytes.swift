/// Bytes that are valid during one call, in a form that may go into the isolation of the actor that is called.
struct BorrowedBytes: Sendable {
  private let address: UInt
  private let count: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    address = UInt(bitPattern: bytes.baseAddress)
    count = bytes.count
  }

  /// The bytes; only before the call has returned.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
  }
}
