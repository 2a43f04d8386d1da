import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem
import Glibc
import LayoutSamples

// Feeds damaged files to the reader, each page in memory of exactly its size, so that AddressSanitizer sees a read past
// its end. Every value of what is taken is looked at. Prints how often each outcome was, and the peak memory.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, arguments[0] == "--inputs", arguments[2] == "--seed", let inputs = Int(arguments[1]),
  let seed = UInt64(arguments[3]), inputs > 0
else {
  print("usage: parquet-fuzz --inputs N --seed S")
  exit(2)
}

/// What a reader may allocate for one file.
let budget = MemoryBudget(limit: .mebibytes(64))
let memory = ColumnMemory(budget: budget, kept: .mebibytes(8))
let corpus = try await Samples.files(memory, seed: seed)
for (name, bytes) in corpus {
  guard try await Digest.rows(MemoryFile(bytes), memory, []) == 90 else { preconditionFailure("\(name) is not read") }
}
var damage = Damage(generator: Generator(seed: seed &+ 1))
var outcomes: [String: Int] = [:]
for _ in 0..<inputs {
  let (_, bytes) = damage.generator.one(of: corpus)
  let filters: [ParquetFilter] =
    damage.generator.below(3) == 0
    ? [ParquetFilter("name", .equal(.bytes(Array("text 7".utf8)))), ParquetFilter("long", .less(.integer(50_000)))] : []
  do {
    _ = try await Digest.rows(MemoryFile(damage.damaged(bytes)), memory, filters)
    outcomes["taken", default: 0] += 1
  } catch let error as FlintError {
    outcomes[error.code.rawValue, default: 0] += 1
  }
  memory.trim()
  guard budget.used.bytes == 0 else { preconditionFailure("\(budget.used) were not given back") }
}
for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { print("\(outcome): \(count)") }
print("inputs=\(inputs) peakMemory=\(ProcessUsage.peakMemory.bytes)")
