public import FlintCore

extension ZoneRules {
  /// The rules of a time zone by its name, from the database of time zones in `directory`; or a fixed offset, such as `+02`,
  /// `-05:30`, `UTC+1`. Throws `invalid-argument` for a name that there is not, and `corrupt-data` for a broken file.
  public static func named(
    _ name: String, in directory: FilePath = "/usr/share/zoneinfo", files: any FileSystem
  ) async throws -> ZoneRules {
    if name == "UTC" || name == "Z" { return .utc }
    if let offset = fixedOffset(name) { return ZoneRules(name, changes: [], offsets: [offset]) }
    // A name is a path below the folder, and nothing else.
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      guard let first = part.utf8.first, first != UInt8(ascii: ".") else { return false }
      return part.utf8.allSatisfy(isNameByte)
    }
    guard isPlain else { throw unknown(name) }
    let path = parts.reduce(directory) { $0 / String($1) }
    switch try await files.status(of: path)?.kind {
    case .file: return try ZoneRules(name, file: try await contents(of: path, files))
    case .symbolicLink:
      // Names that were changed are links to the new ones, which the seam does not follow. They are listed too.
      guard let target = try await target(of: name, in: directory, files) else { throw unknown(name) }
      let rules = try await named(target, in: directory, files: files)
      return ZoneRules(name, changes: rules.changes, offsets: rules.offsets)
    case .directory, .other, nil: throw unknown(name)
    }
  }

  private static func contents(of path: FilePath, _ files: any FileSystem) async throws -> [UInt8] {
    let file = try await files.open(path, .read)
    do {
      let bytes = try await file.read(count: largestFile, at: 0)
      try await file.close()
      return bytes
    } catch {
      try? await file.close()
      throw error
    }
  }

  /// What a name leads to, by the database's list of changed names: lines of `L target name`.
  private static func target(
    of name: String, in directory: FilePath, _ files: any FileSystem
  ) async throws -> String? {
    let text = String(decoding: try await contents(of: directory / "tzdata.zi", files), as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix("L ") {
      let words = line.split(separator: " ")
      if words.count == 3, words[2] == name, words[1] != name { return String(words[1]) }
    }
    return nil
  }

  /// The rules in a file of the database, in its format TZif.
  public convenience init(_ name: String, file bytes: [UInt8]) throws(FlintError) {
    let parsed = try ZoneFile(bytes, name: name)
    self.init(name, changes: parsed.changes, offsets: parsed.offsets)
  }

  private static func unknown(_ name: String) -> FlintError {
    FlintError(
      .invalidArgument, "there is no time zone \(name)",
      remedy: "use a name such as Europe/Zurich, or an offset such as +02:00")
  }

  /// Far more than the largest file has.
  private static let largestFile = 1 << 20

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// Seconds of `+2`, `-05:30`, `UTC+01:00`; nil when it is no offset of at most 18 hours.
  static func fixedOffset(_ text: String) -> Int64? {
    var rest = text[...]
    for prefix in ["UTC", "GMT", "UT"] where rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
      break
    }
    guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
    let parts = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].count <= 2 else { return nil }
    var seconds: Int64 = 0
    for (index, part) in parts.enumerated() {
      guard index == 0 || part.utf8.count == 2, let number = digits(part), index == 0 || number < 60 else { return nil }
      seconds = seconds * 60 + number
    }
    for _ in parts.count..<3 { seconds *= 60 }
    guard seconds <= 18 * 3600 else { return nil }
    return sign == "-" ? -seconds : seconds
  }

  private static func digits(_ text: Substring) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(text)
  }
}
