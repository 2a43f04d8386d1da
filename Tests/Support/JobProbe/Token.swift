import Glibc

/// A budget of failures, which all processes and attempts share: files in a folder, each of which is taken once.
enum Token {
  /// Whether there was still one. A budget called `always` never ends, one without a name has never begun.
  static func take(_ folder: String) -> Bool {
    if folder.isEmpty { return false }
    if folder == "always" { return true }
    return (0..<100).contains { unlink("\(folder)/\($0)") == 0 }
  }
}
