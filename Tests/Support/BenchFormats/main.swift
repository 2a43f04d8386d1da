import FlintColumns
import FlintCore
import FlintFiles
import FlintFormats
import FlintSystem
import Glibc

// Reads a file again and again, or writes it, and prints what that took.
//
//   bench-formats scan FILE COLUMNS TIMES
//   bench-formats write FILE TARGET TIMES
//   bench-formats csv FILE SCHEMA TIMES
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, let times = Int(arguments[3]), times > 0 else {
  print("usage: bench-formats scan FILE COLUMNS TIMES | write FILE TARGET TIMES | csv FILE SCHEMA TIMES")
  exit(2)
}

/// Nanoseconds that this process has computed so far.
func processorTime() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  let (user, system) = (usage.ru_utime, usage.ru_stime)
  return (user.tv_sec + system.tv_sec) * 1_000_000_000 + (user.tv_usec + system.tv_usec) * 1000
}

let files = SystemFileSystem(threads: try FileThreads(count: 1))
let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(8)))
let source = FilePath(arguments[1])
switch arguments[0] {
case "scan":
  var scan = ParquetScan()
  if arguments[2] != "all" { scan.columns = arguments[2].split(separator: ",").map(String.init) }
  var (rows, sum) = (0, Int64(0))
  let start = processorTime()
  for _ in 0..<times {
    (rows, sum) = (0, 0)
    let reader = try await ParquetFile.open(source, files).reader(scan, memory: memory)
    while let batch = try await reader.next() {
      rows += batch.rowCount
      for column in batch.columns { sum &+= Sums.sum(column) }
    }
  }
  print("rows=\(rows) sum=\(sum) cpu=\((processorTime() - start) / times)")
case "write":
  var batches: [Batch] = []
  let reader = try await ParquetFile.open(source, files).reader(memory: memory)
  while let batch = try await reader.next() { batches.append(batch) }
  let start = processorTime()
  var size = ByteCount(0)
  for _ in 0..<times {
    let output = try await files.open(FilePath(arguments[2]), .createOrTruncate)
    let writer = try ParquetWriter(output, reader.schema, memory: memory)
    for batch in batches { try await writer.write(batch) }
    size = try await writer.finish()
    try await output.close()
  }
  let rows = batches.reduce(0) { $0 + $1.rowCount }
  print("rows=\(rows) size=\(size.bytes) cpu=\((processorTime() - start) / times)")
case "csv":
  var options = CSVOptions()
  options.header = true
  let scan = CSVScan(try Schema(parsing: arguments[2]), options: options)
  let size = try await files.status(of: source)?.size ?? 0
  let split = FileSplit(InputFile(path: arguments[1], size: size))
  var (rows, sums) = (0, [Int64]())
  let start = processorTime()
  for _ in 0..<times {
    (rows, sums) = (0, scan.schema.fields.map { _ in 0 })
    let reader = try await CSVReader.open(split, scan, files, memory: memory)
    while let batch = try await reader.next() {
      rows += batch.rowCount
      for (index, column) in batch.columns.enumerated() { sums[index] &+= Sums.sum(column) }
    }
  }
  print("sums=\(sums.map { String($0) }.joined(separator: ","))")
  print("rows=\(rows) cpu=\((processorTime() - start) / times)")
default:
  print("scan, write or csv, not \(arguments[0])")
  exit(2)
}
