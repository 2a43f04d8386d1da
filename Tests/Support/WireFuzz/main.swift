import FlintCore
import FlintWire
import Glibc
import WireSamples

// Feeds damaged frames to the reader of frames, cut anywhere, and what gets through to the decoders of messages, errors and
// introductions. What is taken is encoded again and must give the same bytes. Prints how often each outcome was, and the
// share of the inputs that got past header and checksums.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, arguments[0] == "--inputs", arguments[2] == "--seed", let inputs = Int(arguments[1]),
  let seed = UInt64(arguments[3]), inputs > 0
else {
  print("usage: wire-fuzz --inputs N --seed S")
  exit(2)
}

/// The longest body that the reader may take.
let limit = 4096
var mutation = Mutation(generator: WireGenerator(seed: seed))
var corpus: [[UInt8]] = []
for kind in MessageKind.allCases {
  for _ in 0..<20 {
    let message = mutation.generator.message(kind)
    let frameKind: FrameKind =
      switch MessageRule.rule(of: kind).form {
      case .request: .request
      case .answer: kind == .sendBlock ? .block : .reply
      case .oneWay: .oneWay
      }
    corpus.append(WireBytes.frame(frameKind, message, correlation: mutation.generator.number()))
  }
}
for _ in 0..<60 {
  corpus.append(WireBytes.frame(.hello, mutation.generator.introduction()))
  var writer = WireWriter()
  mutation.generator.error().write(to: &writer)
  corpus.append(WireBytes.frame(.failure, correlation: 1, writer.bytes))
}

var outcomes: [String: Int] = [:]
var passed = 0
for _ in 0..<inputs {
  let bytes = mutation.damaged(corpus[mutation.generator.below(corpus.count)])
  let outcome = FrameTrial(bytes, limit: limit).run(&mutation.generator)
  if outcome.hasPassedHeader { passed += 1 }
  outcomes[outcome.text, default: 0] += 1
  if outcome.isWrong {
    print("WRONG: \(outcome.text): \(bytes)")
    exit(1)
  }
}
for (outcome, count) in outcomes.sorted(by: { $0.value > $1.value }).prefix(40) { print("\(count)\t\(outcome)") }
print("inputs=\(inputs) past-header=\(passed * 100 / inputs)%")
