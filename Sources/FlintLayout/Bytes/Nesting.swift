/// How deep values may lie in one another, on the way out and on the way in: the codec's recursion is bounded by it.
enum Nesting {
  static let limit = 64
}
