internal import FlintLayout

/// One file that is mapped into this process as code: the program itself or a shared library.
struct Image: Sendable {
  /// The file's name without its folder; empty for the program itself, whose file may be called anything.
  let name: String
  /// Nil when the linker was told to write none: then nothing in the image can be named to another process.
  let buildID: BuildID?
  /// What the offsets on the wire are relative to.
  let base: UInt
  /// The addresses of what comes from the file. There may be nothing between one part and the next.
  let parts: [Range<UInt>]
  let functions: FunctionTable?
  let declarations: ImageDeclarations

  /// Whether `count` bytes from `address` on come from the file.
  func contains(_ address: UInt, count: UInt = 1) -> Bool {
    parts.contains { $0.contains(address) && $0.upperBound - address >= count }
  }

  /// For messages.
  var title: String { name.isEmpty ? "the program" : name }
}

extension Image {
  /// Bytes of the frame of an asynchronous function, at most; a larger number is not a size.
  private static let maximumFrame: UInt32 = 1 << 20

  /// Whether a function begins at `address`, or the record of an asynchronous function stands there: the distance to
  /// its start, and the size of its frame.
  func isCode(_ address: UInt) -> Bool {
    guard let functions, contains(address) else { return false }
    if functions.hasStart(at: address) { return true }
    guard address % 4 == 0, contains(address, count: 8), let record = UnsafeRawPointer(bitPattern: address),
      let start = record.relativeTarget
    else { return false }
    return record.load(fromByteOffset: 4, as: UInt32.self) <= Self.maximumFrame
      && functions.hasStart(at: UInt(bitPattern: start))
  }
}
