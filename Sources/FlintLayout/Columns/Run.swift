/// Some values that lie one stride apart. A column's values are a list of runs: one for a batch, one an array for what the
/// arrays of a batch hold, one a value for payloads of enums.
struct Run {
  var start: UnsafeMutableRawPointer
  var count: Int
}

typealias Runs = UnsafeBufferPointer<Run>

extension Runs {
  /// Calls `body` with the place of every value and its number.
  @inline(__always)
  func forEach<Failure: Error>(
    offset: Int, stride: Int, _ body: (UnsafeMutableRawPointer, Int) throws(Failure) -> Void
  ) throws(Failure) {
    var index = 0
    for number in 0..<count {
      var place = self[number].start + offset
      for _ in 0..<self[number].count {
        try body(place, index)
        place += stride
        index += 1
      }
    }
  }

  /// Destroys the first `count` values of the type `owner`.
  func destroy(offset: Int, stride: Int, first count: Int, _ owner: UnsafeRawPointer?) {
    guard owner != nil else { return }
    forEach(offset: offset, stride: stride) { place, index in
      if index < count { Memory.destroy(place, owner) }
    }
  }

  /// Runs `body` with one run of `count` values.
  @inline(__always)
  static func withSingle<Failure: Error>(
    _ start: UnsafeRawPointer, count: Int, _ body: (Runs) throws(Failure) -> Void
  ) throws(Failure) {
    var run = Run(start: UnsafeMutableRawPointer(mutating: start), count: count)
    try withUnsafePointer(to: &run) { (run) throws(Failure) in try body(Runs(start: run, count: 1)) }
  }

  /// Runs `body` with room for `count` runs.
  @inline(__always)
  static func withRoom<Failure: Error>(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Run>) throws(Failure) -> Void
  ) throws(Failure) {
    let room = UnsafeMutableBufferPointer<Run>.allocate(capacity: count)
    defer { room.deallocate() }
    try body(room)
  }
}
