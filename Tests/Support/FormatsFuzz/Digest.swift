import FlintColumns

/// What was seen when every value of some rows was looked at.
struct Digest: Equatable {
  private(set) var rows = 0
  private var hash = 0

  mutating func add(_ batch: Batch) {
    rows += batch.rowCount
    for column in batch.columns { for row in 0..<column.count { hash = hash &* 31 &+ Self.look(column, row) } }
  }

  private static func look(_ vector: Vector, _ row: Int) -> Int {
    guard !vector.isNull(row) else { return 1 }
    switch vector.form {
    case .bits: return vector.bits[row] ? 2 : 3
    case .text: return vector.text(row).reduce(0) { $0 &* 31 &+ Int($1) }
    case .dictionary(_, _, let dictionary): return look(dictionary, Int(vector.codes[row]))
    case .structure(let parts): return parts.reduce(0) { $0 &+ look($1, row) }
    case .list(_, _, let elements): return look(elements, of: vector, row)
    case .map(_, _, let keys, let values): return look(keys, of: vector, row) &+ look(values, of: vector, row)
    case .values(let buffer, let start):
      let width = vector.type.physical.width ?? 0
      return (0..<width).reduce(0) { $0 &* 31 &+ Int(buffer.pointer(to: UInt8.self)[(start + row) * width + $1]) }
    }
  }

  private static func look(_ elements: Vector, of vector: Vector, _ row: Int) -> Int {
    (vector.offsets[row]..<vector.offsets[row + 1]).reduce(0) { $0 &+ look(elements, Int($1)) }
  }
}
