/// Which Flint this is.
enum FlintVersion {
  static let current = "0.1.0"
}
