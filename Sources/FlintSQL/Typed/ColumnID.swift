/// A column of a plan, wherever it is used: names may be there twice, and change.
struct ColumnID: Hashable, Sendable, Codable, CustomStringConvertible {
  let number: Int

  var description: String { "#\(number)" }
}
