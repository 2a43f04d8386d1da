internal import FlintColumns
internal import FlintCore
internal import FlintFiles

/// The columns that the names of folders give to the files in them, such as `year=2020/month=1`.
struct PartitionColumns: Sendable {
  /// The columns in the order of the folders.
  let schema: Schema
  /// For each file its values; nil for null.
  let values: [[String?]]

  /// Columns that are known, of no files.
  init(_ schema: Schema) {
    self.schema = schema
    values = []
  }

  /// Finds them. The types of columns that `given` has are those; others are found from the values: whole numbers,
  /// other numbers, days, times and texts.
  ///
  /// Throws `corrupt-data` when files lie in folders that name different columns, and when a value is not of a given
  /// type.
  init(_ files: [InputFile], given: Schema? = nil, findsTypes: Bool = true) throws(FlintError) {
    var (names, values): ([String]?, [[String?]]) = (nil, [])
    for file in files {
      let found = Self.columns(of: file)
      if let names, names != found.map(\.name) {
        throw FlintError(
          .corruptData, "\(files[0].path) and \(file.path) lie in folders that name different columns",
          why: "those of the first are \(Self.list(names)), of the other \(Self.list(found.map(\.name)))",
          remedy: "read them apart, or give the folders names that agree")
      }
      names = found.map(\.name)
      values.append(found.map(\.value))
    }
    self.values = values
    schema = Schema(
      (names ?? []).enumerated().map { column, name in
        if let given = given?.fields.first(where: { $0.name == name }) { return Field(name, given.type) }
        guard findsTypes else { return Field(name, .string) }
        return Field(name, Self.type(values.compactMap { $0[column] }))
      })
    let twice = schema.fields.first { schema.index(of: $0.name) == nil }
    if let twice {
      throw FlintError(.corruptData, "\(files[0].path) lies in two folders for the column \(twice.name)")
    }
  }

  private static func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }

  private static func columns(of file: InputFile) -> [(name: String, value: String?)] {
    let below = FilePath(file.path).components.dropFirst(FilePath(file.root).components.count)
    return below.dropLast().compactMap { PartitionName.column($0) }
  }

  /// The type of some texts.
  private static func type(_ texts: [String]) -> DataType {
    var type: DataType?
    for text in texts where type != .string {
      var text = text
      let found = text.withUTF8 { InferredType.type(of: $0) }
      // `true` in a folder's name is a text, as in Spark.
      type = InferredType.joined(type, found == .boolean ? .string : found)
    }
    return type ?? .string
  }

  /// A vector of one value. Throws `corrupt-data` when it is not of the column's type; `file` is named then.
  static func vector(
    _ value: String?, _ field: Field, count: Int, _ file: String, _ zone: ZoneRules, _ memory: ColumnMemory
  ) throws(FlintError) -> Vector {
    let builder = try TextBuilder(.string, capacity: 1, memory)
    if let value { try builder.append(value) } else { try builder.appendNull() }
    let kernels = Kernels(memory, zone: zone)
    let one: Vector
    do throws(FlintError) { one = try kernels.cast(try builder.finish(), to: field.type) } catch {
      throw FlintError(
        .corruptData, "the folder of \(file) says that \(field.name) is '\(value ?? "")'",
        why: "that is no \(field.type)", cause: error)
    }
    let numbers = try memory.buffer(count * 4, isZeroed: true)
    return try kernels.take(one, RowNumbers(numbers, count: count))
  }
}
