/// Slabs that wait for their next use, by size.
struct SlabShelves {
  private(set) var bytes = 0
  private var slabs = [[Slab]](repeating: [], count: SlabSize.count)

  mutating func take(_ size: Int) -> Slab? {
    guard let slab = slabs[SlabSize.index(of: size)].popLast() else { return nil }
    bytes -= slab.bytes.count
    return slab
  }

  /// Keeps a slab, or returns what would be more than `limit` bytes: larger ones first. What grows leaves each of its sizes
  /// behind, and would fill the room in which those of batches come and go.
  mutating func put(_ slab: Slab, limit: Int) -> [Slab] {
    var surplus: [Slab] = []
    let own = SlabSize.index(of: slab.bytes.count)
    var size = SlabSize.count - 1
    while bytes + slab.bytes.count > limit, size > own {
      if let larger = slabs[size].popLast() {
        bytes -= larger.bytes.count
        surplus.append(larger)
      } else {
        size -= 1
      }
    }
    guard bytes + slab.bytes.count <= limit else { return surplus + [slab] }
    bytes += slab.bytes.count
    slabs[own].append(slab)
    return surplus
  }

  mutating func removeAll() -> [[Slab]] {
    defer { self = SlabShelves() }
    return slabs
  }
}
