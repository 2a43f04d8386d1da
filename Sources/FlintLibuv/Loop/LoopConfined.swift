/// An object that only the thread of one loop touches, in places where Swift asks for `Sendable`. Anybody may hold it.
// Safe because the object is reached through `value` alone, which ends the process on any other thread than the loop's.
// What may happen elsewhere is its last release: such objects have ended their work before, and only free memory then.
struct LoopConfined<Value: AnyObject>: @unchecked Sendable {
  private let thread: LoopThread
  private let object: Value

  init(_ object: Value, to thread: LoopThread) {
    self.object = object
    self.thread = thread
  }

  /// The object, for callers on the loop.
  @inline(__always)
  var value: Value {
    precondition(thread.isCurrent, "this must run on the loop that it belongs to")
    return object
  }
}
