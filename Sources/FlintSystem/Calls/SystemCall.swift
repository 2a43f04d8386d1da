package import FlintCore
internal import Glibc

/// Makes a system call that answers -1 when it fails; repeats it when a signal interrupts it.
///
/// `what` says what was tried, for the error: "cannot open /x".
package func systemCall<Value: FixedWidthInteger>(
  _ what: @autoclosure () -> String, _ call: () -> Value
) throws(FlintError) -> Value {
  while true {
    let value = call()
    if value != -1 { return value }
    let number = errno
    if number != EINTR { throw FlintError(errorNumber: number, what()) }
  }
}

/// Calls `body` with `text` as the system takes it. Text with a zero byte inside is an `invalid-argument`: the system
/// would see only what stands before it.
package func withSystemText<Value>(
  _ text: String, _ body: (UnsafePointer<CChar>) throws(FlintError) -> Value
) throws(FlintError) -> Value {
  guard !text.utf8.contains(0) else {
    throw FlintError(
      .invalidArgument, "\(text.debugDescription) holds a zero byte", why: "the system would cut it there")
  }
  let outcome = text.withCString { pointer in
    Result { () throws(FlintError) in try body(pointer) }
  }
  return try outcome.get()
}
