public import FlintCore

extension Kernels {
  /// A window function of each row of `batch`, which is sorted by the columns of its partitions and then by `order`, holds
  /// whole partitions, and has no selection.
  public func window(
    _ function: WindowFunction, over batch: Batch, partitionedBy partition: [Int], orderedBy order: [SortKey],
    frame: WindowFrame
  ) throws(FlintError) -> Vector {
    precondition(batch.selection == nil, "the rows of windows lie side by side")
    let partitions = WindowPartitions(batch, partition: partition, order: order)
    let frames = try WindowFrames(partitions, frame, batch, order, self)
    switch function {
    case .rowNumber: return try whole(batch.length) { Int64($0) - Int64(partitions.starts[$0]) + 1 }
    case .rank: return try whole(batch.length) { Int64(partitions.groupStarts[$0]) - Int64(partitions.starts[$0]) + 1 }
    case .denseRank: return try whole(batch.length) { Int64(partitions.groups[$0]) + 1 }
    case .percentRank:
      return try share(batch.length) { row in
        let others = partitions.ends[row] - partitions.starts[row] - 1
        return others == 0 ? 0 : Double(partitions.groupStarts[row] - partitions.starts[row]) / Double(others)
      }
    case .cumulativeDistribution:
      return try share(batch.length) { row in
        Double(partitions.groupEnds[row] - partitions.starts[row])
          / Double(partitions.ends[row] - partitions.starts[row])
      }
    case .ntile(let parts):
      guard parts > 0 else { throw FlintError(.invalidArgument, "a partition is not cut into \(parts) parts") }
      return try whole(batch.length) { Self.part($0, of: parts, partitions) }
    case .lag(let column, let distance, let otherwise):
      return try shifted(batch.columns[column], -distance, otherwise, partitions)
    case .lead(let column, let distance, let otherwise):
      return try shifted(batch.columns[column], distance, otherwise, partitions)
    case .firstValue(let column):
      return try picked(batch.columns[column], frames) { $0.first }
    case .lastValue(let column):
      return try picked(batch.columns[column], frames) { $0.last }
    case .nthValue(let column, let number):
      return try picked(batch.columns[column], frames) {
        number > 0 && number <= $0.count ? $0.lowerBound + number - 1 : nil
      }
    case .aggregate(let function, let column?) where function.kind == .collectList:
      return try collected(function, batch.columns[column], frames)
    case .aggregate(let function, let column?) where function.kind == .firstRow || function.kind == .lastRow:
      return try picked(batch.columns[column], frames) { function.kind == .firstRow ? $0.first : $0.last }
    case .aggregate(let function, let column):
      guard function.kind != .collectSet, function.kind != .countDistinct else {
        throw FlintError(
          .invalidArgument, "\(function.kind) is not computed over frames",
          remedy: "collect the values as a list, or group the rows")
      }
      return try aggregate(function, column.map { batch.columns[$0] }, frames)
    }
  }

  private func whole(_ count: Int, _ body: (Int) -> Int64) throws(FlintError) -> Vector {
    let buffer = try memory.buffer(count * 8)
    let target = buffer.pointer(to: Int64.self)
    for row in 0..<count { target[row] = body(row) }
    return Vector(.int64, count: count, .values(buffer, start: 0))
  }

  private func share(_ count: Int, _ body: (Int) -> Double) throws(FlintError) -> Vector {
    let buffer = try memory.buffer(count * 8)
    let target = buffer.pointer(to: Double.self)
    for row in 0..<count { target[row] = body(row) }
    return Vector(.double, count: count, .values(buffer, start: 0))
  }

  /// The first parts have one row more where the rows do not go up evenly.
  private static func part(_ row: Int, of parts: Int, _ partitions: WindowPartitions) -> Int64 {
    let count = Int(partitions.ends[row] - partitions.starts[row])
    let place = row - Int(partitions.starts[row])
    let size = count / parts
    let larger = count % parts
    let part = place < larger * (size + 1) ? place / (size + 1) : larger + (place - larger * (size + 1)) / max(size, 1)
    return Int64(part + 1)
  }

  private func shifted(
    _ vector: Vector, _ distance: Int, _ otherwise: Vector?, _ partitions: WindowPartitions
  ) throws(FlintError) -> Vector {
    // The value for rows outside the partition stands behind all others.
    let source = try otherwise.map { (value) throws(FlintError) in try concatenate([vector, value]) } ?? vector
    let outside: Int32 = otherwise == nil ? -1 : Int32(vector.count)
    let rows = (0..<vector.count).map { row in
      let place = row + distance
      return place >= Int(partitions.starts[row]) && place < Int(partitions.ends[row]) ? Int32(place) : outside
    }
    return try take(source, try RowNumbers(rows, memory))
  }

  private func picked(
    _ vector: Vector, _ frames: WindowFrames, _ place: (Range<Int>) -> Int?
  ) throws(FlintError) -> Vector {
    let rows = (0..<vector.count).map { row in place(frames[row]).map { Int32($0) } ?? -1 }
    return try take(vector, try RowNumbers(rows, memory))
  }

  /// The values of each frame that are not null, as lists.
  private func collected(
    _ function: AggregateFunction, _ vector: Vector, _ frames: WindowFrames
  ) throws(FlintError) -> Vector {
    var rows: [Int32] = []
    let offsets = try memory.buffer((frames.count + 1) * 4)
    let ends = offsets.pointer(to: Int32.self)
    ends[0] = 0
    for row in 0..<frames.count {
      for place in frames[row] where !vector.isNull(place) { rows.append(Int32(place)) }
      try OffsetBuilder.demand(rows.count, of: function.result)
      ends[row + 1] = Int32(rows.count)
    }
    let elements = try take(vector, try RowNumbers(rows, memory))
    return Vector(function.result, count: frames.count, .list(offsets: offsets, start: 0, elements: elements))
  }

  /// Rows whose frame begins where that of the row before began, and ends no earlier, add what is new to what is there. Other
  /// frames are computed from their start.
  private func aggregate(
    _ function: AggregateFunction, _ vector: Vector?, _ frames: WindowFrames
  ) throws(FlintError) -> Vector {
    let running = try RunningAggregate(function, rows: frames.count, self)
    var current = 0..<0
    for row in 0..<frames.count {
      let frame = frames[row]
      if frame != current || row == 0 {
        if frame.lowerBound != current.lowerBound || frame.upperBound < current.upperBound || row == 0 {
          running.reset()
          current = frame.lowerBound..<frame.lowerBound
        }
        try running.add(vector, current.upperBound..<frame.upperBound)
        current = frame
      }
      try running.keep(row)
    }
    return try running.results()
  }
}
