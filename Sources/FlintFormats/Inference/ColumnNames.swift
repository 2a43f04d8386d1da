/// Names for columns whose file has none, or not good ones.
enum ColumnNames {
  /// Each name once: those that come more than once get their place behind them, and empty ones are `_c` and their
  /// place.
  static func unique(_ names: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    return names.enumerated().map { place, name in
      name.isEmpty ? "_c\(place)" : counts[name] ?? 0 > 1 ? "\(name)\(place)" : name
    }
  }
}
