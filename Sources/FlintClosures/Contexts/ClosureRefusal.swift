/// Why something cannot be shipped, before it is known which capture of which closure it belongs to.
struct ClosureRefusal: Error {
  let why: String
  let remedy: String
  let cause: (any Error)?

  init(_ why: String, remedy: String, cause: (any Error)? = nil) {
    self.why = why
    self.remedy = remedy
    self.cause = cause
  }

  static let keepMetadata =
    "make the type public, or build with -Xswiftc -enable-private-imports, which keeps its metadata"
  static let keepFunctionTable =
    "build the file with -g, as SwiftPM does by itself, so that it lists its functions; strip may follow"
  static let shareRuntime =
    "build the program without --static-swift-stdlib, so that its libraries share its runtime, or build them into it"
  static let copyValue = "copy what the closure needs into a constant of a plain type, and capture that"
}
