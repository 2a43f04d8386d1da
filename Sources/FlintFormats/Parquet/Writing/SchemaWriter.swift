internal import FlintColumns

/// Makes the schema of a file of that of batches.
struct SchemaWriter {
  private(set) var elements: [SchemaElement] = []
  private(set) var columns: [WrittenColumn] = []
  private var leafCount = 0

  init(_ schema: Schema) {
    var root = SchemaElement()
    root.name = "schema"
    root.childCount = schema.fields.count
    elements = [root]
    for field in schema.fields { columns.append(add(field, [], definition: 0, repetition: 0)) }
  }

  private mutating func add(_ field: Field, _ above: [String], definition: Int, repetition: Int) -> WrittenColumn {
    var element = SchemaElement()
    element.name = field.name
    element.repetition = field.isNullable ? .optional : .required
    let path = above + [field.name]
    let definition = definition + (field.isNullable ? 1 : 0)
    let kind: WrittenColumn.Kind
    switch field.type {
    case .structure(let fields):
      element.childCount = fields.count
      elements.append(element)
      var parts: [WrittenColumn] = []
      for part in fields { parts.append(add(part, path, definition: definition, repetition: repetition)) }
      kind = .structure(parts)
    case .list(let item):
      element.childCount = 1
      element.logicalType = .list
      elements.append(element)
      elements.append(Self.repeated("list", 1))
      let item = Field("element", item.type, isNullable: item.isNullable)
      kind = .list(add(item, path + ["list"], definition: definition + 1, repetition: repetition + 1))
    case .map(let key, let value):
      element.childCount = 1
      element.logicalType = .map
      elements.append(element)
      elements.append(Self.repeated("key_value", 2))
      let key = add(
        Field("key", key.type, isNullable: false), path + ["key_value"], definition: definition + 1,
        repetition: repetition + 1)
      let value = add(
        Field("value", value.type, isNullable: value.isNullable), path + ["key_value"], definition: definition + 1,
        repetition: repetition + 1)
      kind = .map(key, value)
    default: kind = .leaf(leaf(field.type, element, path, definition: definition, repetition: repetition))
    }
    return WrittenColumn(field: field, kind: kind, definition: definition, repetition: repetition)
  }

  private static func repeated(_ name: String, _ children: Int) -> SchemaElement {
    var element = SchemaElement()
    element.name = name
    element.repetition = .repeated
    element.childCount = children
    return element
  }

  private mutating func leaf(
    _ type: DataType, _ element: SchemaElement, _ path: [String], definition: Int, repetition: Int
  ) -> WrittenLeaf {
    var element = element
    let (physical, logical, length) = Self.stored(type)
    (element.type, element.logicalType, element.typeLength) = (physical, logical, length)
    elements.append(element)
    defer { leafCount += 1 }
    return WrittenLeaf(
      index: leafCount, path: path, type: type, physical: physical, typeLength: length, definition: definition,
      repetition: repetition)
  }

  /// How values of a type are stored.
  private static func stored(_ type: DataType) -> (ParquetPhysicalType, ParquetLogicalType?, length: Int) {
    switch type {
    case .boolean: (.boolean, nil, 0)
    case .int8: (.int32, .integer(bits: 8, isSigned: true), 0)
    case .int16: (.int32, .integer(bits: 16, isSigned: true), 0)
    case .int32: (.int32, nil, 0)
    case .int64: (.int64, nil, 0)
    case .float: (.float, nil, 0)
    case .double: (.double, nil, 0)
    case .decimal(let precision, let scale):
      switch precision {
      case ...9: (.int32, .decimal(precision: precision, scale: scale), 0)
      case ...DataType.narrowPrecision: (.int64, .decimal(precision: precision, scale: scale), 0)
      default: (.fixedLengthByteArray, .decimal(precision: precision, scale: scale), bytes(ofDigits: precision))
      }
    case .date: (.int32, .date, 0)
    case .timestamp: (.int64, .timestamp(.micros, isUTC: true), 0)
    case .interval: (.fixedLengthByteArray, .interval, 12)
    case .string: (.byteArray, .string, 0)
    case .binary: (.byteArray, nil, 0)
    case .list, .structure, .map: preconditionFailure("\(type) is stored by its leaves")
    }
  }

  /// Bytes that hold every number of so many digits.
  private static func bytes(ofDigits precision: Int) -> Int {
    var (largest, size) = (Int128(1), 1)
    for _ in 0..<precision { largest *= 10 }
    while size < 16 && Int128(1) << Int128(8 * size - 1) < largest { size += 1 }
    return size
  }
}
