/// The frame of each row.
struct WindowFrames {
  private let partitions: WindowPartitions
  private let frame: WindowFrame
  private var firstGroups: [Int32]

  init(_ partitions: WindowPartitions, _ frame: WindowFrame) {
    self.partitions = partitions
    self.frame = frame
    firstGroups = []
    var number: Int32 = -1
    var first: Int32 = 0
    for row in 0..<partitions.count {
      if partitions.groupStarts[row] == row { number += 1 }
      if partitions.starts[row] == row { first = number }
      firstGroups.append(first)
    }
  }

  var count: Int { partitions.count }

  subscript(row: Int) -> Range<Int> { partitions.frame(frame, of: row, firstGroup: Int(firstGroups[row])) }
}
