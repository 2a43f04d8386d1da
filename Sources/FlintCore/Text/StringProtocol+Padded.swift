extension StringProtocol {
  /// The text with spaces behind it, so that it has at least `width` characters.
  package func padded(to width: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
