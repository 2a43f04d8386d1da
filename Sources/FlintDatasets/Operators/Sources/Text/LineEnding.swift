/// What ends a line of a text file, and is no part of it.
public enum LineEnding: Hashable, Sendable {
  /// A line feed, and a carriage return before it if there is one.
  case any
  /// A line feed alone: a carriage return before it belongs to the line.
  case lineFeed
}
