import FlintColumns
import FlintCore
import Testing

/// Two vectors hold the same: nulls in the same places, and equal values, where NaN equals NaN. With `tolerance`
/// floating-point numbers may differ by so much of themselves.
func expectSame(
  _ ours: Vector, _ theirs: Vector, _ note: String, tolerance: Double = 0,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  guard ours.count == theirs.count else {
    Issue.record("\(note): \(ours.count) values, not \(theirs.count)", sourceLocation: sourceLocation)
    return
  }
  for row in 0..<ours.count {
    let isSame =
      ours.isNull(row) || theirs.isNull(row)
      ? ours.isNull(row) == theirs.isNull(row) : isSameValue(ours, theirs, row, tolerance)
    if !isSame {
      Issue.record(
        "\(note): row \(row) is \(spelled(ours, row)), not \(spelled(theirs, row))", sourceLocation: sourceLocation)
      return
    }
  }
}

private func isSameValue(_ ours: Vector, _ theirs: Vector, _ row: Int, _ tolerance: Double) -> Bool {
  if ours.isDictionary || ours.type.physical == .text { return ours.text(row).elementsEqual(theirs.text(row)) }
  switch ours.type.physical {
  case .bit: return ours.bits[row] == theirs.bits[row]
  case .int8: return ours.pointer(to: Int8.self)[row] == theirs.pointer(to: Int8.self)[row]
  case .int16: return ours.pointer(to: Int16.self)[row] == theirs.pointer(to: Int16.self)[row]
  case .int32: return ours.pointer(to: Int32.self)[row] == theirs.pointer(to: Int32.self)[row]
  case .int64: return ours.pointer(to: Int64.self)[row] == theirs.pointer(to: Int64.self)[row]
  case .int128: return ours.pointer(to: Int128.self)[row] == theirs.pointer(to: Int128.self)[row]
  case .float:
    return isSameNumber(
      Double(ours.pointer(to: Float.self)[row]), Double(theirs.pointer(to: Float.self)[row]), tolerance)
  case .double:
    return isSameNumber(ours.pointer(to: Double.self)[row], theirs.pointer(to: Double.self)[row], tolerance)
  case .interval: return ours.pointer(to: Interval.self)[row] == theirs.pointer(to: Interval.self)[row]
  case .text, .list, .structure, .map: return false
  }
}

private func isSameNumber(_ ours: Double, _ theirs: Double, _ tolerance: Double) -> Bool {
  ours == theirs || ours.isNaN && theirs.isNaN || abs(ours - theirs) <= tolerance * abs(theirs)
}

func spelled(_ vector: Vector, _ row: Int) -> String {
  if vector.isNull(row) { return "null" }
  guard
    let text = try? Kernels(ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))).cast(
      vector.slice(row..<row + 1), to: .string)
  else { return "?" }
  return "'\(String(decoding: text.text(0), as: UTF8.self))'"
}
