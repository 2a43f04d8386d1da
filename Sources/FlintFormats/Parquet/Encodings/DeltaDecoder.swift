internal import CFlint

/// Reads whole numbers that were written as packed differences between neighbours.
///
/// It borrows its bytes. The numbers wrap around, as the format wants it.
struct DeltaDecoder {
  private var next: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private let perMiniblock: Int
  private let miniblocks: Int
  /// Values that the whole sequence has, and those that are not read yet.
  let count: Int
  private(set) var left: Int
  private var last: Int64
  private var isFirst = true
  private var least: Int64 = 0
  /// The widths of the block's miniblocks, and which of them is the next.
  private var widths: UnsafePointer<UInt8>
  private var miniblock: Int
  private var packed: UnsafePointer<UInt8>
  private var width = 0
  /// Values of the miniblock that are not read yet.
  private var inMiniblock = 0

  /// The most values that are unpacked at once.
  private static let chunk = 256

  init(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    var next = start.assumingMemoryBound(to: UInt8.self)
    let end = next + bytes.count
    let blockSize = try Self.number(&next, end)
    let miniblocks = try Self.number(&next, end)
    let count = try Self.number(&next, end)
    let first = try Self.number(&next, end)
    guard blockSize > 0, blockSize <= 1 << 24, blockSize.isMultiple(of: 128), miniblocks > 0,
      miniblocks <= blockSize, blockSize.isMultiple(of: miniblocks),
      (blockSize / miniblocks).isMultiple(of: 32)
    else { throw .damaged("a sequence of differences has impossible blocks") }
    guard count <= UInt64(Int32.max) else { throw .damaged("a sequence of differences is too long") }
    (self.next, self.end, widths, packed) = (next, end, next, next)
    perMiniblock = Int(blockSize / miniblocks)
    self.miniblocks = Int(miniblocks)
    miniblock = Int(miniblocks)
    self.count = Int(count)
    left = Int(count)
    last = Self.signed(first)
  }

  /// What follows the sequence, once all of it is read.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: next, count: end - next) }

  /// Reads `count` numbers.
  mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafeMutablePointer<Number>, count: Int
  ) throws(FormatFault) {
    guard count <= left else { throw .truncated("a sequence of differences") }
    guard count > 0 else { return }
    left -= count
    var done = 0
    if isFirst {
      isFirst = false
      values[0] = Number(truncatingIfNeeded: last)
      done = 1
    }
    while done < count {
      if inMiniblock == 0 { try startMiniblock() }
      let step = min(inMiniblock, count - done, Self.chunk)
      unpack(values + done, count: step)
      inMiniblock -= step
      done += step
    }
  }

  private mutating func unpack<Number: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafeMutablePointer<Number>, count: Int
  ) {
    let first = perMiniblock - inMiniblock
    let (width, packed, end, least) = (UInt32(width), packed, end, UInt64(bitPattern: least))
    var sum = UInt64(bitPattern: last)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { wide in
      let wide = wide.baseAddress.unsafelyUnwrapped
      flint_unpack_wide(width, packed, end - packed, first, wide, count)
      for index in 0..<count {
        sum = sum &+ least &+ wide[index]
        values[index] = Number(truncatingIfNeeded: sum)
      }
    }
    last = Int64(bitPattern: sum)
  }

  private mutating func startMiniblock() throws(FormatFault) {
    if miniblock == miniblocks {
      least = Self.signed(try Self.number(&next, end))
      guard end - next >= miniblocks else { throw .truncated("a sequence of differences") }
      widths = next
      next += miniblocks
      miniblock = 0
    }
    width = Int(widths[miniblock])
    guard width <= 64 else { throw .damaged("a difference has more than 64 bits") }
    miniblock += 1
    packed = next
    // Writers fill the last miniblock that they begin.
    let size = perMiniblock * width / 8
    guard end - next >= size else { throw .truncated("a sequence of differences") }
    next += size
    inMiniblock = perMiniblock
  }

  private static func number(
    _ next: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) throws(FormatFault) -> UInt64 { try VariableNumber.read(&next, end, of: "a sequence of differences") }

  private static func signed(_ number: UInt64) -> Int64 {
    Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }
}
