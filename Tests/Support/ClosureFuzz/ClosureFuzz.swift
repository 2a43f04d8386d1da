import FlintClosures
import FlintCore
import FlintLayout
import Glibc

/// Changes encodings of closures at random and decodes them. What is decoded is never called.
///
/// `closure-fuzz --inputs N --seed S` prints how many inputs had which outcome. That it ends at all is the result: no
/// input may crash it.
@main struct ClosureFuzz {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, arguments[1] == "--inputs", let inputs = Int(arguments[2]), arguments[3] == "--seed",
      let seed = UInt64(arguments[4])
    else {
      print("usage: closure-fuzz --inputs N --seed S")
      exit(2)
    }
    var mutator = Mutator(seed: seed)
    let samples = try FuzzSample.all()
    var outcomes: [String: Int] = [:]
    for number in 0..<inputs {
      let sample = samples[number % samples.count]
      outcomes[
        sample.outcome(of: mutator.mutated(sample.bytes, other: samples[mutator.next(samples.count)].bytes)), default: 0
      ] += 1
    }
    for (outcome, count) in outcomes.sorted(by: { $0.key < $1.key }) { print(count, outcome) }
    RowLayout.forgetAll()
    print("inputs", inputs)
  }
}
