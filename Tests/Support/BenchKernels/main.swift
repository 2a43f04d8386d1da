import FlintColumns
import FlintCore
import Glibc

// Does the work of one case of the benchmark of kernels on this thread, as often as it is told, and prints the CPU time of
// the median pass.
let arguments = CommandLine.arguments
guard arguments.count == 5, let passes = Int(arguments[3]), passes > 0 else {
  print("usage: bench-kernels CASE DATA PASSES OUT")
  exit(2)
}
let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(8)), idle: IdleSlabs(capacity: .gibibytes(1)))
guard let pass = try Work(kernels: Kernels(memory), data: arguments[2]).pass(arguments[1]) else {
  print("there is no case \(arguments[1])")
  exit(2)
}

func cpuNanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

var times: [Int64] = []
var answer: [String] = []
for _ in 0..<passes {
  let started = cpuNanoseconds()
  answer = try pass()
  times.append(cpuNanoseconds() - started)
}
if let file = fopen("\(arguments[4])/part-0", "w") {
  fputs(answer.map { $0 + "\n" }.joined(), file)
  fclose(file)
}
print("pass=\(times.sorted()[passes / 2]) passes=\(passes)")
