import FlintColumns
import FlintCore
import FlintSystem
import Glibc
import LayoutSamples

// Feeds damaged files to the readers of formats. Every value of what is taken is looked at, and sometimes twice, since memory
// that nobody wrote would look different. Under AddressSanitizer no access may lie outside of what was asked for. Prints how
// often each outcome was, and the peak memory.
let usage = "usage: formats-fuzz --inputs N --seed S [--format NAME] [--samples FOLDER]"
var options: [String: String] = [:]
var words = CommandLine.arguments.dropFirst()
while let word = words.popFirst(), let value = words.popFirst() { options[word] = value }
guard let inputs = options["--inputs"].flatMap({ Int($0) }), inputs > 0,
  let seed = options["--seed"].flatMap({ UInt64($0) }),
  Set(options.keys).isSubset(of: ["--inputs", "--seed", "--format", "--samples"]), CommandLine.arguments.count % 2 == 1
else {
  print(usage)
  exit(2)
}
let subjects = Subjects.all.filter { $0.name == options["--format"] ?? $0.name }
guard !subjects.isEmpty else {
  print("\(usage)\nThe formats are \(Subjects.all.map(\.name).joined(separator: ", ")).")
  exit(2)
}

/// What a reader may allocate for one file.
let budget = MemoryBudget(limit: .mebibytes(64))
let memory = ColumnMemory(budget: budget, idle: IdleSlabs(capacity: .mebibytes(8)))
var outcomes: [String: Int] = [:]
for subject in subjects {
  let made = try await subject.samples(memory, seed: seed)
  let corpus =
    try await made + Corpus.files(below: options["--samples"].map { FilePath($0) }, ending: subject.ending)
  for sample in corpus {
    let digest = try await subject.read(MemoryFile(sample.bytes), memory, way: 1)
    guard digest.rows > 0 else { preconditionFailure("\(sample.name) is not read") }
  }
  var damage = Damage(generator: Generator(seed: seed &+ 1))
  for _ in 0..<inputs {
    let sample = damage.generator.one(of: corpus)
    let other = damage.generator.one(of: corpus)
    let bytes = damage.damaged(
      sample.bytes, metadata: subject.metadata(of: sample.bytes), other: other.bytes)
    let way = damage.generator.below(6)
    do {
      let digest = try await subject.read(MemoryFile(bytes), memory, way: way)
      outcomes["\(subject.name) taken", default: 0] += 1
      if damage.generator.below(8) == 0 {
        let again = try await subject.read(MemoryFile(bytes), memory, way: way)
        guard digest == again else { preconditionFailure("\(sample.name), damaged, is not read twice alike") }
      }
    } catch let error as FlintError {
      outcomes["\(subject.name) \(error.code.rawValue)", default: 0] += 1
    }
    guard budget.used.bytes == 0 else { preconditionFailure("\(budget.used) were not given back") }
  }
}
for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { print("\(outcome): \(count)") }
print("inputs=\(inputs * subjects.count) peakMemory=\(ProcessUsage.peakMemory.bytes)")
