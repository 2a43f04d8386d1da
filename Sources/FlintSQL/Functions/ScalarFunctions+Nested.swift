internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  static let nested: [String: Entry] = [
    "struct": Entry(count: 1...any) { (context, operands) in
      let fields = operands.enumerated().map { index, operand in
        Field(operand.fieldName ?? "col\(index + 1)", operand.type, isNullable: true)
      }
      return TypedExpression(.call(.structure, operands), .structure(fields), isNullable: false, context.origin)
    },
    "named_struct": Entry(count: 2...any) { (context, operands) throws(FlintError) in
      guard operands.count % 2 == 0 else {
        throw context.origin.error(.invalidQuery, "named_struct takes a value behind each name")
      }
      var fields: [Field] = []
      var values: [TypedExpression] = []
      for index in stride(from: 0, to: operands.count, by: 2) {
        fields.append(Field(try context.constantText(operands[index]), operands[index + 1].type))
        values.append(operands[index + 1])
      }
      return TypedExpression(.call(.structure, values), .structure(fields), isNullable: false, context.origin)
    },
    "array": Entry(count: 0...any) { (context, operands) throws(FlintError) in
      guard let values = context.coercion.unified(operands) else {
        throw context.origin.error(.typeMismatch, "the values of an array have one type")
      }
      let type = DataType.list(Field("element", values.first?.type ?? .string))
      return TypedExpression(.call(.makeList, values), type, isNullable: false, context.origin)
    },
    "size": size,
    "cardinality": size,
    "array_size": size,
    "element_at": Entry(count: 2...2) { (context, operands) throws(FlintError) in
      let one = TypedExpression(.int32(1))
      return try context.part(operands[0], try context.arithmetic(.subtract, operands[1], one))
    },
  ]

  private static let size = Entry(count: 1...1) { (context, operands) throws(FlintError) in
    switch operands[0].type {
    case .list, .map: return context.call(.size, operands, .int32)
    default: throw context.mismatch(operands[0], "an array or a map")
    }
  }
}

extension TypedExpression {
  /// What a field of a structure is called that is made of it.
  fileprivate var fieldName: String? {
    if case .column(_, let name) = node { name } else { nil }
  }
}

extension FunctionContext {
  /// A field of a structure, or an element of a list.
  func part(_ whole: TypedExpression, _ key: TypedExpression) throws(FlintError) -> TypedExpression {
    switch whole.type {
    case .structure(let fields):
      let name = try constantText(key)
      let matches = fields.indices.filter { fields[$0].name.lowercased() == name.lowercased() }
      guard let index = matches.first else {
        throw key.origin.error(
          .unknownName, "there is no field \(name) in \(whole.fieldName ?? "this structure")",
          remedy: NearestName.find(for: name, in: fields.map(\.name)).map { "did you mean \($0)?" })
      }
      guard matches.count == 1 else {
        throw key.origin.error(.ambiguousName, "there are two fields \(name) in \(whole.fieldName ?? "this structure")")
      }
      return call(.field(index), [whole], fields[index].type, mayBeNull: fields[index].isNullable)
    case .list(let element):
      return call(.element, [whole, try cast(key, to: .int32)], element.type, mayBeNull: true)
    default: throw mismatch(whole, "an array or a structure")
    }
  }
}
