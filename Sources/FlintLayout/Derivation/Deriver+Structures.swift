@_spi(Reflection) import Swift

// Structs and tuples.
extension Deriver {
  mutating func emitStructure(
    _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    guard let descriptor = metadata.nominal else { throw Refusal(at: path, "\(metadata.swiftType) has no description") }
    if let leaf = Leaves.foundationLeaf(descriptor, metadata.witnesses) { return emit(leaf, metadata, offset, &steps) }
    try refuseLibraryType(metadata, descriptor, path)
    guard let records = descriptor.fields else { throw Self.withoutReflection(metadata.swiftType, path) }
    if let weak = records.first(where: \.isWeakReference) {
      throw Refusal(at: "\(path).\(weak.name)", "it is a weak or unowned reference", remedy: Refusal.hold)
    }
    return try emitFields(metadata, offset, path, &steps)
  }

  /// The fields in their order, which must lie side by side: a field that does not resolve shows as a gap.
  mutating func emitFields(
    _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    var fields: [(name: String, offset: Int, type: Any.Type)] = []
    let isComplete = _forEachField(of: metadata.swiftType, options: []) { name, offset, type, _ in
      // Elements of a tuple without a label are called .0, .1 and so on.
      let name = String(cString: name)
      fields.append((name.first == "." ? "" : name, offset, type))
      return true
    }
    guard isComplete else { throw Self.withoutReflection(metadata.swiftType, path) }
    var end = 0
    for field in fields {
      let witnesses = Metadata(field.type).witnesses
      // Empty fields may stand anywhere.
      if witnesses.size == 0 { continue }
      guard field.offset == (end + witnesses.alignmentMask) & ~witnesses.alignmentMask else {
        throw Refusal(at: "\(path).\(field.name)", "what lies before this field of \(metadata.swiftType) is not known")
      }
      end = field.offset + witnesses.size
    }
    guard end == metadata.witnesses.size else {
      throw Refusal(at: path, "\(metadata.swiftType) has \(metadata.witnesses.size) bytes, its known fields \(end)")
    }
    var columns: [ColumnType.Field] = []
    for (index, field) in fields.enumerated() {
      let label = field.name.isEmpty ? "\(index)" : field.name
      let column = try emit(field.type, offset: offset + field.offset, "\(path).\(label)", &steps)
      columns.append(ColumnType.Field(name: field.name, type: column))
    }
    return .structure(columns)
  }

  /// Types of system libraries keep promises among their fields, or hold addresses; those that may travel are known.
  func refuseLibraryType(
    _ metadata: Metadata, _ descriptor: NominalDescriptor, _ path: String
  ) throws(Refusal) {
    let module = descriptor.module
    guard Self.libraries.contains(module), (module, descriptor.name) != ("Swift", "Result") else { return }
    if descriptor.name.contains("Pointer") || descriptor.name == "Unmanaged" {
      throw Refusal(
        at: path, "\(metadata.swiftType) is a pointer, which has no meaning elsewhere", remedy: Refusal.hold)
    }
    throw Refusal(at: path, "\(metadata.swiftType) is a type of the library \(module) whose form is not known")
  }

  static func withoutReflection(_ type: Any.Type, _ path: String) -> Refusal {
    Refusal(
      at: path, "\(type) has no field metadata",
      remedy: "build its module without -disable-reflection-metadata, or make it Codable or RowConvertible")
  }

  private static let libraries: Set<String> = [
    "Swift", "_Concurrency", "_StringProcessing", "_RegexParser", "Synchronization", "Distributed", "Observation",
    "Foundation", "FoundationEssentials", "FoundationInternationalization", "FoundationNetworking", "Dispatch",
    "System",
    "Glibc", "SwiftGlibc", "Musl", "__C",
  ]
}
