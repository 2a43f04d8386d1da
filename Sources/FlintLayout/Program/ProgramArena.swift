/// Owns the memory of the programs of one layout, and frees it with the layout, or with a derivation that failed.
final class ProgramArena {
  private var allocations: [UnsafeMutableRawPointer] = []

  deinit {
    // Programs, steps and traits hold plain addresses and numbers: there is nothing to destroy in them.
    for allocation in allocations { allocation.deallocate() }
  }

  /// A place for one value that stays where it is.
  func store<Value>(_ value: Value) -> UnsafeMutablePointer<Value> {
    let place = UnsafeMutablePointer<Value>.allocate(capacity: 1)
    place.initialize(to: value)
    allocations.append(UnsafeMutableRawPointer(place))
    return place
  }

  /// A place for some values that stay where they are.
  func store<Value>(_ values: [Value]) -> UnsafeBufferPointer<Value> {
    let place = UnsafeMutableBufferPointer<Value>.allocate(capacity: max(values.count, 1))
    _ = place.initialize(from: values)
    if let start = place.baseAddress { allocations.append(UnsafeMutableRawPointer(start)) }
    return UnsafeBufferPointer(start: place.baseAddress, count: values.count)
  }
}
