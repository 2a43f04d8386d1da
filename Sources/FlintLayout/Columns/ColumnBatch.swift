/// The values of one column: the step that says what they are, and where they lie.
struct ColumnBatch {
  let step: UnsafePointer<Step>
  let runs: Runs
  let count: Int
  /// Distance between values in a run.
  let stride: Int
  let depth: Int

  /// Calls `body` with the place of every value and its number.
  @inline(__always)
  func forEach<Failure: Error>(
    _ body: (UnsafeMutableRawPointer, Int) throws(Failure) -> Void
  ) throws(Failure) {
    try runs.forEach(offset: step.pointee.offset, stride: stride, body)
  }

  /// As ``forEach(_:)``, for a body that initialises values: when it throws, those before are destroyed.
  @inline(__always)
  func initializeEach(
    _ body: (UnsafeMutableRawPointer, Int) throws(LayoutFault) -> Void
  ) throws(LayoutFault) {
    var done = 0
    do throws(LayoutFault) {
      try forEach { (place, index) throws(LayoutFault) in
        done = index
        try body(place, index)
      }
    } catch {
      destroy(first: done)
      throw error
    }
  }

  /// Destroys the first values of the column.
  func destroy(first count: Int) {
    runs.destroy(offset: step.pointee.offset, stride: stride, first: count, step.pointee.owner)
  }

  /// Copies the values of a plain type side by side.
  @inline(__always)
  func gather<Value: BitwiseCopyable>(_: Value.Type, _ target: UnsafeMutableRawPointer) {
    forEach { place, index in
      target.storeBytes(
        of: place.loadUnaligned(as: Value.self), toByteOffset: index &* MemoryLayout<Value>.size, as: Value.self)
    }
  }

  /// Copies values of a plain type to their places.
  @inline(__always)
  func scatter<Value: BitwiseCopyable>(_: Value.Type, _ source: UnsafeRawPointer) {
    forEach { place, index in
      place.storeBytes(
        of: source.loadUnaligned(fromByteOffset: index &* MemoryLayout<Value>.size, as: Value.self), as: Value.self)
    }
  }
}
