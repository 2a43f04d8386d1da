internal import FlintCore

/// Where in a map output the bytes of each reduce partition are.
///
/// A map output is written in runs: whenever the writer's memory is full, the blocks of all partitions go out in the
/// partitions' order. So what one reader gets is a piece of each run. The index, which has the length of each piece (64 bits) and
/// its CRC-32C (32 bits), stands behind the data in the same file, and ends it with 32 bytes: `FMI2`, the CRC-32C of the index before and of the numbers behind, the number of runs, the
/// number of partitions (32 bits each), the bytes of data, and the bytes of the index (64 bits each).
struct MapOutputIndex: Equatable, Sendable {
  static let footerSize = 32
  private static let magic: UInt32 = 0x3249_4D46
  /// Bytes of the index for each piece.
  private static let pieceSize = 12

  let partitionCount: Int
  /// Where each piece begins, run by run, and where the last one ends.
  private let bounds: [Int64]
  private let checksums: [UInt32]

  /// A run's bytes for one partition.
  struct Piece: Equatable, Sendable {
    let length: Int64
    let checksum: UInt32
  }

  /// The index of runs that have these pieces, run by run.
  init(partitionCount: Int, pieces: [Piece]) {
    precondition(partitionCount > 0 && pieces.count % partitionCount == 0, "\(pieces.count) pieces in whole runs")
    self.partitionCount = partitionCount
    var bounds: [Int64] = [0]
    bounds.reserveCapacity(pieces.count + 1)
    var end: Int64 = 0
    for piece in pieces {
      end += piece.length
      bounds.append(end)
    }
    self.bounds = bounds
    checksums = pieces.map(\.checksum)
  }

  var runCount: Int { (bounds.count - 1) / partitionCount }

  /// Bytes of data before the index.
  var dataLength: Int64 { bounds[bounds.count - 1] }

  /// Where the bytes for one reduce partition are, in their order; empty pieces are left out.
  func pieces(of partition: Int) -> [Range<Int64>] {
    (0..<runCount).compactMap { run in
      let start = run * partitionCount + partition
      let piece = bounds[start]..<bounds[start + 1]
      return piece.isEmpty ? nil : piece
    }
  }

  /// How many bytes there are for one reduce partition.
  func length(of partition: Int) -> Int64 { pieces(of: partition).reduce(0) { $0 + Int64($1.count) } }

  /// The places of a part of one reduce partition's bytes, when these are put together; nil when it has not so many.
  func pieces(of partition: Int, part: Range<Int64>) -> [Range<Int64>]? {
    guard part.lowerBound >= 0 else { return nil }
    var found: [Range<Int64>] = []
    var start: Int64 = 0
    for piece in pieces(of: partition) {
      let end = start + Int64(piece.count)
      let wanted = part.clamped(to: start..<end)
      if !wanted.isEmpty {
        let shift = piece.lowerBound - start
        found.append(wanted.lowerBound + shift..<wanted.upperBound + shift)
      }
      start = end
    }
    return part.upperBound <= start ? found : nil
  }

  /// The places of a part of one reduce partition's bytes and their checksum, where that is known without reading them: when
  /// the part is whole pieces.
  func wholePieces(of partition: Int, part: Range<Int64>) -> (places: [Range<Int64>], checksum: UInt32)? {
    var places: [Range<Int64>] = []
    var checksum: UInt32 = 0
    var start: Int64 = 0
    for run in 0..<runCount {
      let number = run * partitionCount + partition
      let piece = bounds[number]..<bounds[number + 1]
      let own = start..<start + Int64(piece.count)
      start = own.upperBound
      guard !own.isEmpty, own.overlaps(part) else { continue }
      guard part.contains(own.lowerBound), own.upperBound <= part.upperBound else { return nil }
      places.append(piece)
      checksum = CRC32C.joined(checksum, checksums[number], count: Int64(piece.count))
    }
    let count = places.reduce(0) { $0 + $1.count }
    return count == part.count ? (places, checksum) : nil
  }
}

extension MapOutputIndex {
  /// The index as it stands behind the data.
  var bytes: [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(checksums.count * Self.pieceSize + Self.footerSize)
    for (number, checksum) in checksums.enumerated() {
      withUnsafeBytes(of: UInt64(bounds[number + 1] - bounds[number]).littleEndian) { body.append(contentsOf: $0) }
      withUnsafeBytes(of: checksum.littleEndian) { body.append(contentsOf: $0) }
    }
    var footer = [UInt8](repeating: 0, count: Self.footerSize)
    footer.withUnsafeMutableBytes { footer in
      footer.storeBytes(of: Self.magic.littleEndian, as: UInt32.self)
      footer.storeBytes(of: UInt32(runCount).littleEndian, toByteOffset: 8, as: UInt32.self)
      footer.storeBytes(of: UInt32(partitionCount).littleEndian, toByteOffset: 12, as: UInt32.self)
      footer.storeBytes(of: UInt64(dataLength).littleEndian, toByteOffset: 16, as: UInt64.self)
      footer.storeBytes(of: UInt64(body.count).littleEndian, toByteOffset: 24, as: UInt64.self)
      var checksum = CRC32C()
      checksum.update(body)
      checksum.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(footer)[8...]))
      footer.storeBytes(of: checksum.value.littleEndian, toByteOffset: 4, as: UInt32.self)
    }
    return body + footer
  }

  /// How many bytes the index before `footer` has, the last bytes of a file that has `fileLength`. Throws `corrupt-data`.
  static func bodyLength(_ footer: [UInt8], fileLength: Int64) throws(FlintError) -> Int {
    guard footer.count == footerSize, number(footer, 0, UInt32.self) == magic else {
      throw refusal("it does not end as one")
    }
    let partitions = Int64(number(footer, 12, UInt32.self))
    let (pieces, tooMany) = Int64(number(footer, 8, UInt32.self)).multipliedReportingOverflow(by: partitions)
    let (length, tooLong) = pieces.multipliedReportingOverflow(by: Int64(pieceSize))
    guard !tooMany, !tooLong, partitions > 0, length <= fileLength,
      number(footer, 24, UInt64.self) == UInt64(length),
      number(footer, 16, UInt64.self) == UInt64(bitPattern: fileLength - length - Int64(footerSize))
    else { throw refusal("its lengths do not fit together") }
    return Int(length)
  }

  /// The index that `body` and `footer` hold, whose lengths were compared before. Throws `corrupt-data`.
  init(body: [UInt8], footer: [UInt8]) throws(FlintError) {
    var checksum = CRC32C()
    checksum.update(body)
    checksum.update(Array(footer[8...]))
    guard Self.matches(Self.number(footer, 4, UInt32.self), checksum) else {
      throw Self.refusal("its index has a wrong checksum")
    }
    var pieces: [Piece] = []
    var (left, isSound) = (Self.number(footer, 16, UInt64.self), true)
    for offset in stride(from: 0, to: body.count, by: Self.pieceSize) {
      let length = Self.number(body, offset, UInt64.self)
      isSound = isSound && length <= left
      left &-= length
      pieces.append(
        Piece(length: Int64(truncatingIfNeeded: length), checksum: Self.number(body, offset + 8, UInt32.self)))
    }
    guard isSound, left == 0 else { throw Self.refusal("its index does not fit its data") }
    self.init(partitionCount: Int(Self.number(footer, 12, UInt32.self)), pieces: pieces)
  }

  private static func matches(_ written: UInt32, _ checksum: CRC32C) -> Bool {
    written == checksum.value
  }

  private static func number<Number: FixedWidthInteger>(_ bytes: [UInt8], _ offset: Int, _: Number.Type) -> Number {
    bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
  }

  private static func refusal(_ why: String) -> FlintError {
    FlintError(.corruptData, "these bytes are not a map output", why: why)
  }
}
