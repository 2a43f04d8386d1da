import CompressionSamples
import FlintCompression
import FlintCore
import FlintSystem
import Glibc

// Feeds damaged bytes to every decoder, as blocks and in pieces, and demands that both agree: an error for both or the
// same bytes for both, and never more than the limit. Prints how often each outcome was, and the peak memory.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, arguments[0] == "--inputs", arguments[2] == "--seed", let inputs = Int(arguments[1]),
  let seed = UInt64(arguments[3]), inputs > 0
else {
  print("usage: compression-fuzz --inputs N --seed S")
  exit(2)
}

var mutation = Mutation(seed: seed)
var outcomes: [String: Int] = [:]
let subjects = try CompressionCodec.allCases.map { try FuzzSubject($0) }
for number in 0..<inputs {
  let subject = subjects[mutation.below(subjects.count)]
  let (original, compressed) = subject.corpus[mutation.below(subject.corpus.count)]
  if number.isMultiple(of: 16) { try subject.requireSound(original: original, compressed) }
  let outcome = try subject.outcome(
    of: mutation.damaged(compressed), original: original, piece: 1 + mutation.below(400), room: 1 + mutation.below(9000)
  )
  outcomes["\(subject.codec) \(outcome)", default: 0] += 1
}
for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { print("\(outcome): \(count)") }
print("inputs=\(inputs) peakMemory=\(ProcessUsage.peakMemory.bytes)")
