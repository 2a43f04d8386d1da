/// A place in the user's program: the file and line where a transformation, an action or a setting was written.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  /// Module and file name, as `#fileID` gives it.
  public let file: String
  /// Line number, counted from 1.
  public let line: Int

  /// Line `line` of `file`.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  /// The place where this call stands.
  public static func here(file: String = #fileID, line: Int = #line) -> SourceLocation {
    SourceLocation(file: file, line: line)
  }

  /// Such as `Jobs/Taxi.swift:12`.
  public var description: String { "\(file):\(line)" }
}
