internal import FlintCore
internal import FlintStorage

/// What a map task wrote for the readers of a shuffle, while it is in memory. As bytes it is the same in a file.
struct MapOutput: BlockValues {
  let index: MapOutputIndex
  /// The data, without the index.
  let data: [UInt8]

  /// As it stands in a file: the data, and behind it the index.
  var pieceCount: Int { 2 }
  func piece(_ number: Int) -> [UInt8] { number == 0 ? data : index.bytes }

  /// A part of what one reduce partition gets; nil when it has not so much.
  func part(_ part: Range<Int64>, of partition: Int) -> [UInt8]? {
    guard partition < index.partitionCount, let pieces = index.pieces(of: partition, part: part) else { return nil }
    if pieces.count == 1 { return Array(data[Int(pieces[0].lowerBound)..<Int(pieces[0].upperBound)]) }
    return pieces.flatMap { data[Int($0.lowerBound)..<Int($0.upperBound)] }
  }
}
