/// A file's path, kept as the text that the system gets.
public struct FilePath: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  public let string: String

  public init(_ string: String) {
    self.string = string
  }

  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The path of `name` inside the directory `directory`.
  public static func / (directory: FilePath, name: String) -> FilePath {
    FilePath(directory.string.hasSuffix("/") ? directory.string + name : directory.string + "/" + name)
  }

  /// The last component; empty for `/`.
  public var name: String {
    guard let last = components.last else { return "" }
    return String(last)
  }

  /// The directory that holds this path; `/` for `/` itself, `.` for a bare name.
  public var parent: FilePath {
    let parents = components.dropLast()
    guard !parents.isEmpty else { return string.hasPrefix("/") ? "/" : "." }
    return FilePath((string.hasPrefix("/") ? "/" : "") + parents.joined(separator: "/"))
  }

  /// The parts between the slashes, without empty ones.
  public var components: [Substring] {
    string.split(separator: "/", omittingEmptySubsequences: true)
  }

  public static func < (left: FilePath, right: FilePath) -> Bool { left.string < right.string }

  public var description: String { string }
}
