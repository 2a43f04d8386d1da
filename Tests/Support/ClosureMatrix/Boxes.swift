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

/// A closure over variables of a type that only the caller knows, one of known size and one not.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
func boxedGeneric<Value: Sendable>(_ value: Value) -> @Sendable (Trip) -> String {
  var values = [value]
  var last = value
  let closure: (Trip) -> String = {
    values.append(last)
    last = values[0]
    return "\(values.count) \(last) \($0.zone)"
  }
  // It is called by one thread only, first in the executor, then here.
  return unsafeBitCast(closure, to: (@Sendable (Trip) -> String).self)
}
