/// What happens when something is at the path that is to be written.
public enum SaveMode: String, Sendable, CaseIterable {
  /// An error, before anything runs.
  case errorIfExists
  /// The new rows take its place, in one step at the end.
  case overwrite
  /// The new rows are added; what is there stays as it is.
  case append
  /// Nothing is written.
  case ignore
}
