internal import FlintColumns

extension Field {
  /// The field with null allowed everywhere but among the keys of maps: what cannot be read is null, whatever a
  /// schema says.
  var nullable: Field {
    switch type {
    case .list(let element): Field(name, .list(element.nullable))
    case .structure(let fields): Field(name, .structure(fields.map(\.nullable)))
    case .map(let key, let value): Field(name, .map(key: key, value: value.nullable))
    default: Field(name, type)
    }
  }
}
