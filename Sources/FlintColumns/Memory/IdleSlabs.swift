internal import FlintCore

/// Slabs that wait for their next use, by size.
struct IdleSlabs {
  private(set) var bytes = 0
  private var slabs = [[Slab]](repeating: [], count: SlabSize.count)

  mutating func take(_ size: Int) -> Slab? {
    guard let slab = slabs[SlabSize.index(of: size)].popLast() else { return nil }
    bytes -= slab.bytes.count
    return slab
  }

  /// Keeps a slab, or returns it when that would be more than `limit` bytes.
  mutating func put(_ slab: Slab, limit: Int) -> Slab? {
    guard bytes + slab.bytes.count <= limit else { return slab }
    bytes += slab.bytes.count
    slabs[SlabSize.index(of: slab.bytes.count)].append(slab)
    return nil
  }

  mutating func removeAll() -> [[Slab]] {
    defer { self = IdleSlabs() }
    return slabs
  }
}
