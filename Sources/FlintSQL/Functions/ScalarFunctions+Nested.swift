internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  static let nested: [String: Entry] = [
    "struct": Entry(count: 1...any) { (context, operands) in
      let fields = operands.enumerated().map { index, operand in
        Field(operand.fieldName ?? "col\(index + 1)", operand.type)
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
    "arrays_zip": Entry(count: 1...any) { (context, operands) throws(FlintError) in
      try context.zipped(operands)
    },
    "array_contains": Entry(count: 2...2) { (context, operands) throws(FlintError) in
      guard case .list(let element) = operands[0].type else { throw context.mismatch(operands[0], "an array") }
      let value = try context.cast(operands[1], to: element.type)
      return context.call(.holds, [operands[0], value], .boolean, mayBeNull: true)
    },
    "element_at": Entry(count: 2...2) { (context, operands) throws(FlintError) in
      if case .map = operands[0].type { return try context.part(operands[0], operands[1]) }
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
  /// A list of structures of the elements that stand at the same place.
  fileprivate func zipped(_ lists: [TypedExpression]) throws(FlintError) -> TypedExpression {
    var fields: [Field] = []
    for (index, list) in lists.enumerated() {
      guard case .list(let element) = list.type else { throw mismatch(list, "an array") }
      fields.append(Field(list.fieldName ?? "\(index)", element.type))
    }
    let type = DataType.list(Field("element", .structure(fields), isNullable: false))
    return call(.zipped(fields.map(\.name)), lists, type)
  }

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
    case .map(let known, let value):
      return call(.value, [whole, try cast(key, to: known.type)], value.type, mayBeNull: true)
    default: throw mismatch(whole, "an array, a map or a structure")
    }
  }
}
