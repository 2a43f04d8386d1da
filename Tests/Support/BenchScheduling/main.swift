import FlintCore
import FlintScheduling
import Glibc

// bench-scheduling TASKS EXECUTORS REPETITIONS [OPTION…]: runs stages on modelled executors. The benchmarks measure it from
// outside.
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { Int($0) }
let options = arguments.dropFirst(3)
guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }), options.allSatisfy(ModelledCluster.options.contains) else {
  print("usage: bench-scheduling TASKS EXECUTORS REPETITIONS [\(ModelledCluster.options.joined(separator: "|"))]")
  exit(2)
}
var cluster = ModelledCluster(executorCount: numbers[1], options: Set(options))
for number in 0..<numbers[2] { cluster.run(stage: UInt64(number), taskCount: numbers[0]) }
print("events=\(cluster.eventCount) tasks=\(numbers[0] * numbers[2]) finished=\(cluster.finishedCount)")
guard cluster.finishedCount == numbers[0] * numbers[2], cluster.scheduler.heldSlots == 0 else { exit(1) }
