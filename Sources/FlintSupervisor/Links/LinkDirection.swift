/// Which way bytes go on a link.
public enum LinkDirection: String, CaseIterable, Hashable, Sendable {
  /// From who dialled to who was dialled.
  case outward
  /// From who was dialled to who dialled.
  case backward
}
