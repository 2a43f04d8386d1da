/// A file's path, kept as the text that the system gets.
public struct FilePath: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The path as the system gets it.
  public let string: String

  /// The path that `string` says, unchanged.
  public init(_ string: String) {
    self.string = string
  }

  /// The path of a literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The path of `name` inside the directory `directory`.
  public static func / (directory: FilePath, name: String) -> FilePath {
    FilePath(directory.string.utf8.last == UInt8(ascii: "/") ? directory.string + name : directory.string + "/" + name)
  }

  /// The last component; empty for `/`.
  public var name: String {
    guard let last = components.last else { return "" }
    return String(last)
  }

  /// The directory that holds this path; `/` for `/` itself, `.` for a bare name.
  public var parent: FilePath {
    let parents = components.dropLast()
    guard !parents.isEmpty else { return isAbsolute ? "/" : "." }
    return FilePath((isAbsolute ? "/" : "") + parents.joined(separator: "/"))
  }

  /// Whether it starts at the root.
  public var isAbsolute: Bool { string.utf8.first == UInt8(ascii: "/") }

  /// The parts between the slashes, without empty ones.
  public var components: [Substring] {
    // By bytes: a slash and an accent after it are one character to Swift, and still a slash to the system.
    string.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// Paths are bytes to the system: two spellings of `é` are two files, though Swift takes them for one text.
  public static func == (left: FilePath, right: FilePath) -> Bool { left.string.utf8.elementsEqual(right.string.utf8) }

  /// Whether the path's bytes sort before the other's.
  public static func < (left: FilePath, right: FilePath) -> Bool {
    left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
  }

  /// Takes in the path's bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
  }

  /// The path itself.
  public var description: String { string }
}
