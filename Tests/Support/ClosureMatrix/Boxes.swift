/// A closure over a variable, which lives in a box.
func boxed() -> @Sendable (Trip) -> Double {
  // Nobody changes the variable once there is a closure over it:
  // the last change stands before the closure.
  nonisolated(unsafe) var factor = opaque(2.0)
  factor += 1
  return { $0.fare * factor }
}

/// A closure over two variables, each in a box of its own.
func boxedTwice() -> @Sendable (Trip) -> String {
  // Nobody changes the variable once there is a closure over it:
  // the last change stands before the closure.
  nonisolated(unsafe) var factor = opaque(2.0)
  // The same holds for this one:
  // the last change stands before the closure.
  nonisolated(unsafe) var text = opaque("a")
  factor += 1
  text += "b"
  return { "\($0.fare * factor)\(text)" }
}
