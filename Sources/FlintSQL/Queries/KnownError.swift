internal import FlintCore

/// An error that was found where nothing throws: it stands in a query, and comes out when that is analysed.
struct KnownError: Hashable, Sendable {
  let error: FlintError

  static func == (left: KnownError, right: KnownError) -> Bool {
    left.error.code == right.error.code && left.error.what == right.error.what && left.error.why == right.error.why
  }

  func hash(into hasher: inout Hasher) { hasher.combine(error.what) }
}
