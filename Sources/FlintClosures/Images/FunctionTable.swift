/// Where the functions of an image begin, by the table that the linker writes for stack unwinding.
///
/// The table survives `strip`. Without `-g` the compiler leaves functions out that cannot be unwound through. It is sorted, so a look-up is a binary search.
struct FunctionTable: Sendable {
  private static let headerSize: UInt = 12
  private static let entrySize: UInt = 8
  /// Version 1, a 4-byte count, and entries of two signed 4-byte offsets from the table's own start.
  private static let knownFormat: UInt32 = 0x3B03_1B01

  private let start: UInt
  private let count: UInt

  /// The table at `start`; nil when there is none or its format is another one.
  init?(start: UInt, size: Int) {
    guard size >= Int(Self.headerSize), let header = UnsafeRawPointer(bitPattern: start),
      header.load(as: UInt32.self) == Self.knownFormat
    else { return nil }
    self.start = start
    count = UInt(header.load(fromByteOffset: 8, as: UInt32.self))
    guard Self.headerSize + count * Self.entrySize <= UInt(size) else { return nil }
  }

  /// Whether a function begins exactly at `address`.
  func hasStart(at address: UInt) -> Bool {
    guard let table = UnsafeRawPointer(bitPattern: start + Self.headerSize) else { return false }
    let wanted = Int(bitPattern: address) - Int(bitPattern: start)
    var low: UInt = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let found = Int(table.load(fromByteOffset: Int(middle * Self.entrySize), as: Int32.self))
      if found == wanted { return true }
      if found < wanted { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
