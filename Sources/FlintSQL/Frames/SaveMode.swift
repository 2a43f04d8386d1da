/// What happens when a folder that is to be written is there already.
public enum SaveMode: String, Sendable, CaseIterable {
  /// An error, before anything runs.
  case errorIfExists
  /// The new rows take its place, in one step at the end.
  case overwrite
  /// Nothing is written.
  case ignore
}
