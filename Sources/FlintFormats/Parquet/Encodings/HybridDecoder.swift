internal import CFlint

/// Reads numbers of 0 to 32 bits in runs: of one value again and again, or of packed bits. Levels, truth values and
/// numbers of dictionaries are written so.
///
/// It borrows its bytes.
struct HybridDecoder {
  private var next: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  let width: Int
  /// Values of the run that are not read yet.
  private var left = 0
  /// The value of a run of one value.
  private var value: UInt32 = 0
  /// The bytes of a packed run; nil in a run of one value.
  private var packed: UnsafePointer<UInt8>?
  /// How many values of the packed run are read.
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer, width: Int) {
    precondition((0...32).contains(width), "numbers of \(width) bits")
    let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16)!
    next = start.assumingMemoryBound(to: UInt8.self)
    end = next + bytes.count
    self.width = width
  }

  /// Reads `count` numbers and returns the greatest.
  mutating func read(_ values: UnsafeMutablePointer<UInt32>, count: Int) throws(FormatFault) -> UInt32 {
    var (done, greatest) = (0, UInt32(0))
    while done < count {
      if left == 0 { try startRun() }
      let step = min(left, count - done)
      if let packed {
        greatest = max(greatest, flint_unpack(UInt32(width), packed, end - packed, position, values + done, step))
        position += step
      } else {
        (values + done).update(repeating: value, count: step)
        greatest = max(greatest, value)
      }
      left -= step
      done += step
    }
    return greatest
  }

  /// Steps over `count` numbers.
  mutating func skip(_ count: Int) throws(FormatFault) {
    var count = count
    while count > 0 {
      if left == 0 { try startRun() }
      let step = min(left, count)
      if packed != nil { position += step }
      left -= step
      count -= step
    }
  }

  /// How many of the next numbers, up to `count`, are `wanted` and lie in runs of one value. They are not read.
  mutating func repeats(of wanted: UInt32, upTo count: Int) throws(FormatFault) -> Int {
    if left == 0 { try startRun() }
    return packed == nil && value == wanted ? min(left, count) : 0
  }

  /// Reads `count` numbers of one bit into bits from number `start` on, and returns how many are set.
  mutating func readBits(_ bits: UnsafeMutableRawPointer, start: Int, count: Int) throws(FormatFault) -> Int {
    precondition(width == 1, "numbers of \(width) bits are no bits")
    var (done, set) = (0, 0)
    while done < count {
      if left == 0 { try startRun() }
      let step = min(left, count - done)
      if let packed {
        set += BitRuns.copy(packed, start: position, to: bits, start: start + done, count: step)
        position += step
      } else {
        BitRuns.fill(bits, start: start + done, count: step, value != 0)
        if value != 0 { set += step }
      }
      left -= step
      done += step
    }
    return set
  }

  private mutating func startRun() throws(FormatFault) {
    let head = try VariableNumber.read(&next, end, of: "a sequence of runs")
    guard head <= UInt64(UInt32.max) else { throw .damaged("a run is too long") }
    if head & 1 == 1 {
      let groups = Int(head >> 1)
      guard groups > 0 else { throw .damaged("a run of no values") }
      packed = next
      position = 0
      // The last run of some writers says more than it has.
      let bytes = min(groups * width, end - next)
      left = width == 0 ? groups * 8 : min(groups * 8, bytes * 8 / width)
      guard left > 0 else { throw .truncated("a run of packed values") }
      next += bytes
    } else {
      packed = nil
      left = Int(head >> 1)
      guard left > 0 else { throw .damaged("a run of no values") }
      let size = (width + 7) / 8
      guard end - next >= size else { throw .truncated("a run of equal values") }
      value = 0
      for index in 0..<size { value |= UInt32(next[index]) << UInt32(8 * index) }
      guard width == 32 || value >> UInt32(width) == 0 else { throw .damaged("a run's value is too large") }
      next += size
    }
  }
}
