/// A value that only the simulation's one thread touches, in places where Swift asks for `Sendable`.
// Safe because a simulation runs on a single thread: its executors run there, and the guard ends the process when a
// job is enqueued from, or a thread is made beside, that one.
struct Confined<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
