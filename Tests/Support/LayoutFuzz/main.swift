import FlintCore
import FlintLayout
import Glibc
import LayoutSamples

// Feeds damaged blocks to the decoder of every sample type, each block in memory of exactly its size, so that
// AddressSanitizer sees a read past its end. What is taken is encoded again, which walks every value. Prints how often
// each outcome was, and the share of the inputs that got past header and checksum.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, arguments[0] == "--inputs", arguments[2] == "--seed", let inputs = Int(arguments[1]),
  let seed = UInt64(arguments[3]), inputs > 0
else {
  print("usage: layout-fuzz --inputs N --seed S")
  exit(2)
}

/// What a decoder may allocate for one block.
let budget = 4 << 20
var mutation = Mutation(generator: Generator(seed: seed))
var corpus: [(sample: Sample, blocks: [[UInt8]])] = []
for sample in Sample.all {
  var blocks: [[UInt8]] = []
  for form in BlockForm.allCases {
    for count in [1, 3, 9] { blocks.append(try sample.block(count, form, mutation.generator.next())) }
  }
  corpus.append((sample, blocks))
}
var outcomes: [String: Int] = [:]
var passed = 0
for _ in 0..<inputs {
  let (sample, blocks) = mutation.generator.one(of: corpus)
  let bytes = mutation.damaged(mutation.generator.one(of: blocks))
  let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
  defer { exact.deallocate() }
  exact.copyBytes(from: bytes)
  if RowBlock.hasIntactHeader(UnsafeRawBufferPointer(exact)) { passed += 1 }
  do throws(FlintError) {
    // Deriving a layout for each block is slow, so interfaces get an eighth of them.
    let usesInterfaces = mutation.generator.below(8) == 0
    try sample.digest(UnsafeRawBufferPointer(exact), budget, usesInterfaces)
    outcomes["taken", default: 0] += 1
  } catch {
    let reason = error.code == .corruptData ? ": \(error.why ?? "")" : ""
    outcomes[error.code.rawValue + reason, default: 0] += 1
  }
}
for (outcome, count) in outcomes.sorted(by: { $0.value > $1.value }).prefix(40) { print("\(count)\t\(outcome)") }
RowLayout.forgetAll()
print("inputs=\(inputs) past-header=\(passed * 100 / inputs)%")
