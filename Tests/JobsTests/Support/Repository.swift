import FlintCore

/// The repository that these tests belong to.
enum Repository {
  static let root = FilePath(#filePath).parent.parent.parent.parent
  static let jobs = root / "Jobs"
  static let tests = root / "Tests" / "JobsTests"
}
