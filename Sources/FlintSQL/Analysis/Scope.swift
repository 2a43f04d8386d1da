internal import FlintCore

/// The columns that a part of a query can name.
struct Scope {
  /// One of them.
  struct Column {
    var attribute: Attribute
    /// The names that may stand before the column's, from the outside in; nil when none may.
    var qualifier: [String]
    /// Whether it is found by its qualified name only: of two columns that were joined by name the result has one.
    var isHidden = false
  }

  var columns: [Column]

  init(_ columns: [Column] = []) {
    self.columns = columns
  }

  init(_ attributes: [Attribute], qualifier: [String] = []) {
    columns = attributes.map { Column(attribute: $0, qualifier: qualifier) }
  }

  /// What a star stands for.
  var visible: [Attribute] { columns.filter { !$0.isHidden }.map(\.attribute) }

  /// The columns of one table; nil when there is no such table.
  func columns(of qualifier: [String]) -> [Attribute]? {
    let matches = columns.filter { Self.ends($0.qualifier, with: qualifier) }
    return matches.isEmpty ? nil : matches.map(\.attribute)
  }

  /// The same columns under another qualifier, and with other names if there are any.
  func renamed(_ qualifier: [String], _ names: [String] = []) -> Scope {
    let visible = columns.filter { !$0.isHidden }
    return Scope(
      visible.enumerated().map { index, column in
        let old = column.attribute
        let name = index < names.count ? names[index] : old.name
        return Column(
          attribute: Attribute(id: old.id, name: name, type: old.type, isNullable: old.isNullable),
          qualifier: qualifier)
      })
  }

  /// The column that names with points between them stand for, and how many of them are its own: fields of a structure may
  /// stand behind. Nil when there is none.
  func find(_ names: [String], _ origin: Origin) throws(FlintError) -> (Attribute, used: Int)? {
    for used in stride(from: names.count, through: 1, by: -1) {
      let qualifier = Array(names[..<(used - 1)])
      let name = names[used - 1].lowercased()
      let matches = columns.filter { column in
        column.attribute.name.lowercased() == name && (!column.isHidden || !qualifier.isEmpty)
          && Self.ends(column.qualifier, with: qualifier)
      }
      guard let first = matches.first else { continue }
      guard matches.allSatisfy({ $0.attribute.id == first.attribute.id }) else {
        let places = matches.map { ($0.qualifier + [$0.attribute.name]).joined(separator: ".") }
        throw origin.error(
          .ambiguousName, "\(names.joined(separator: ".")) may be any of several columns",
          why: "there are \(places.joined(separator: ", "))",
          remedy: places[0].contains(".") ? "write \(places[0])" : "give the tables names by AS")
      }
      return (first.attribute, used)
    }
    return nil
  }

  /// There is no such column.
  func unknown(_ names: [String], _ origin: Origin) -> FlintError {
    let name = names[names.count - 1]
    let known = columns.filter { !$0.isHidden }.map(\.attribute.name)
    let nearest = NearestName.find(for: name, in: known)
    let list = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? " and more" : "")
    return origin.error(
      .unknownName, "there is no column \(names.joined(separator: "."))",
      why: known.isEmpty ? "nothing has columns here" : "the columns are \(list)",
      remedy: nearest.map { "did you mean \($0)?" })
  }

  private static func ends(_ qualifier: [String], with names: [String]) -> Bool {
    guard names.count <= qualifier.count else { return false }
    return zip(qualifier.suffix(names.count), names).allSatisfy { $0.lowercased() == $1.lowercased() }
  }
}
