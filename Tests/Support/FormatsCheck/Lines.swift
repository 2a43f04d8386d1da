import FlintColumns
import FlintCore
import FlintFiles
import FlintFormats
import FlintSystem

/// Reads texts of records.
struct Lines {
  let files: SystemFileSystem
  let memory: ColumnMemory

  func csv(_ source: FilePath, to target: FilePath, _ options: Options) async throws {
    var format = CSVOptions()
    for option in options.named { try format.set(option.name, option.value) }
    let inputs = try await InputFiles(files: files).find(source.string)
    let schema: Schema
    if let given = options.schema {
      schema = given
    } else {
      schema = try await CSVSchema(format, files, memory: memory).find(in: inputs)
    }
    let scan = CSVScan(schema, columns: options.scan.columns, options: format, batchRows: options.scan.batchRows)
    var readers: [any BatchReader] = []
    for split in splits(of: inputs, options, isWhole: format.multiLine) {
      readers.append(try await CSVReader.open(split, scan, files, memory: memory))
    }
    print("\(source) rows=\(try await Dump(files: files, memory: memory).write(readers, to: target))")
  }

  private func splits(of inputs: [InputFile], _ options: Options, isWhole: Bool) -> [FileSplit] {
    guard let part = options.part else { return inputs.map { FileSplit($0) } }
    let size = inputs.reduce(0) { $0 + $1.size }
    return SplitPlan.splits(
      of: inputs, wanted: Int((size + part - 1) / part), parallelism: 1, isSplittable: !isWhole)
  }
}
