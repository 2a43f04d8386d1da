/// A message of a stream or file of Arrow's, without the bytes that follow it.
enum ArrowMessage {
  case schema(ArrowSchema)
  /// Values of a dictionary: all of them, or more of them.
  case dictionary(Int64, isMore: Bool, ArrowBatchHeader)
  case batch(ArrowBatchHeader)

  /// Reads a message's metadata. Returns also how many bytes follow it.
  static func read(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) -> (ArrowMessage, bodyLength: Int) {
    let table = try FlatTable(root: bytes)
    // The fourth and fifth version differ in unions only.
    let version = try table.number(0, or: Int16(0))
    guard version == 3 || version == 4 else { throw .unsupported("it is of version \(Int(version) + 1) of the format") }
    let length = try table.number(3, or: Int64(0))
    guard length >= 0, let bodyLength = Int(exactly: length) else {
      throw .damaged("it says that it has \(length) bytes")
    }
    guard let header = try table.table(2) else { throw .damaged("a message has no content") }
    switch try table.number(1, or: UInt8(0)) {
    case 1: return (.schema(try ArrowSchema(header, byteCount: bytes.count)), bodyLength)
    case 2:
      guard let data = try header.table(1) else { throw .damaged("a dictionary has no values") }
      return (
        .dictionary(
          try header.number(0, or: Int64(0)), isMore: try header.flag(2),
          try ArrowBatchHeader(data, bodyLength: bodyLength)), bodyLength
      )
    case 3: return (.batch(try ArrowBatchHeader(header, bodyLength: bodyLength)), bodyLength)
    case let kind: throw .unsupported("it holds a message of kind \(kind), which is no table's")
    }
  }
}
