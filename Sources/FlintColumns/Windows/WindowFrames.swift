internal import FlintCore

/// The frame of each row.
struct WindowFrames {
  private let partitions: WindowPartitions
  private let frame: WindowFrame
  private var firstGroups: [Int32]
  private let range: RangeFrames?

  init(
    _ partitions: WindowPartitions, _ frame: WindowFrame, _ batch: Batch, _ order: [SortKey], _ kernels: Kernels
  ) throws(FlintError) {
    range = frame.unit == .range ? try RangeFrames(partitions, frame, batch, order, kernels) : nil
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

  subscript(row: Int) -> Range<Int> {
    guard let range else { return partitions.frame(frame, of: row, firstGroup: Int(firstGroups[row])) }
    let first = Int(range.starts[row])
    return first..<max(first, Int(range.ends[row]))
  }
}
