internal import FlintCompression
internal import FlintCore

/// The 80 bytes before each block of a map output, little-endian:
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 4 | `FSB1` |
/// | 4 | 4 | CRC-32C of the header behind it |
/// | 8 | 1 | version |
/// | 9 | 1 | codec, 0 for bytes as they are |
/// | 10 | 2 | zero |
/// | 12 | 4 | CRC-32C of the bytes behind the header |
/// | 16 | 8 | shuffle |
/// | 24 | 8 | stage of the map task |
/// | 32 | 4 | attempt of the stage |
/// | 36 | 4 | attempt of the task |
/// | 40 | 8 | partition of the map task |
/// | 48 | 8 | reduce partition |
/// | 56 | 8 | rows |
/// | 64 | 8 | bytes behind the header |
/// | 72 | 8 | bytes once they are decompressed |
///
/// Whose block it is stands under the checksum, so that a sound block in the wrong place is not taken for another.
struct ShuffleBlockHeader: Equatable {
  static let size = 80
  private static let magic: UInt32 = 0x3142_5346
  private static let version: UInt8 = 1

  let shuffle: ShuffleID
  let map: TaskAttempt
  let reduce: PartitionID
  let rowCount: UInt64
  let codec: CompressionCodec?
  /// Bytes behind the header.
  let length: Int
  /// Bytes once they are decompressed.
  let rawLength: Int
  /// CRC-32C of the bytes behind the header.
  let checksum: UInt32

  /// Writes the header to `place`, which has room for it.
  func write(to place: UnsafeMutableRawPointer) {
    let stage = map.task.stage
    place.storeBytes(of: Self.magic.littleEndian, as: UInt32.self)
    place.storeBytes(of: Self.version, toByteOffset: 8, as: UInt8.self)
    place.storeBytes(of: codec?.rawValue ?? 0, toByteOffset: 9, as: UInt8.self)
    place.storeBytes(of: 0, toByteOffset: 10, as: UInt16.self)
    place.storeBytes(of: checksum.littleEndian, toByteOffset: 12, as: UInt32.self)
    place.storeBytes(of: stage.number.littleEndian, toByteOffset: 32, as: UInt32.self)
    place.storeBytes(of: map.number.littleEndian, toByteOffset: 36, as: UInt32.self)
    let numbers: [(Int, UInt64)] = [
      (16, shuffle.rawValue), (24, stage.stage.rawValue), (40, map.task.partition.rawValue), (48, reduce.rawValue),
      (56, rowCount), (64, UInt64(length)), (72, UInt64(rawLength)),
    ]
    for (offset, number) in numbers {
      place.storeBytes(of: number.littleEndian, toByteOffset: offset, as: UInt64.self)
    }
    let covered = UnsafeRawBufferPointer(start: place + 8, count: Self.size - 8)
    place.storeBytes(of: CRC32C.checksum(covered).littleEndian, toByteOffset: 4, as: UInt32.self)
  }

  /// Reads a header, its checksum before anything else. Throws `corrupt-data`.
  init(_ bytes: UnsafeRawBufferPointer) throws(FlintError) {
    precondition(bytes.count == Self.size, "a header has \(Self.size) bytes")
    func number<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
      Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
    guard number(0, UInt32.self) == Self.magic else { throw Self.refusal("it does not begin as one") }
    let covered = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[8...]))
    guard number(4, UInt32.self) == covered else { throw Self.refusal("its header has a wrong checksum") }
    guard bytes[8] == Self.version, bytes[10] == 0, bytes[11] == 0 else {
      throw Self.refusal("it is of another version")
    }
    let codec = CompressionCodec(rawValue: bytes[9])
    guard bytes[9] == 0 || codec != nil,
      let length = Int(exactly: number(64, UInt64.self)), length <= Self.longest,
      let rawLength = Int(exactly: number(72, UInt64.self)), rawLength <= Self.longest
    else { throw Self.refusal("its header says what no block is") }
    let stage = StageAttempt(stage: StageID(rawValue: number(24, UInt64.self)), number: number(32, UInt32.self))
    let task = TaskID(stage: stage, partition: PartitionID(rawValue: number(40, UInt64.self)))
    self.init(
      shuffle: ShuffleID(rawValue: number(16, UInt64.self)),
      map: TaskAttempt(task: task, number: number(36, UInt32.self)),
      reduce: PartitionID(rawValue: number(48, UInt64.self)), rowCount: number(56, UInt64.self), codec: codec,
      length: length, rawLength: rawLength, checksum: number(12, UInt32.self))
  }

  init(
    shuffle: ShuffleID, map: TaskAttempt, reduce: PartitionID, rowCount: UInt64, codec: CompressionCodec?, length: Int,
    rawLength: Int, checksum: UInt32
  ) {
    self.shuffle = shuffle
    self.map = map
    self.reduce = reduce
    self.rowCount = rowCount
    self.codec = codec
    self.length = length
    self.rawLength = rawLength
    self.checksum = checksum
  }

  private static var longest: Int { CompressionCodec.largestBlock }

  private static func refusal(_ why: String) -> FlintError {
    FlintError(.corruptData, "these bytes are not a block of a shuffle", why: why)
  }
}
