/// What becomes of records that are not as they should be: too many or too few fields, a text where a number belongs.
public enum ReadMode: String, CaseIterable, Hashable, Sendable {
  /// What cannot be read is null, and the column for such records, where there is one, has the record's text.
  case permissive = "PERMISSIVE"
  /// Such records are left out.
  case dropMalformed = "DROPMALFORMED"
  /// The first one is an error.
  case failFast = "FAILFAST"

  /// The mode of this name, in upper or lower case.
  init?(name: String) {
    guard let mode = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else { return nil }
    self = mode
  }
}
