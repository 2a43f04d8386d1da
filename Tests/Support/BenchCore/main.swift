import FlintCore
import Glibc

// Work for the benchmarks, which measure it from outside. Prints one line that says how much was done.
let arguments = CommandLine.arguments.dropFirst()
if arguments.starts(with: ["crc32c", "--bytes"]), let count = arguments.last.flatMap({ Int($0) }), count > 0 {
  CoreWork.checksum(bytes: count)
} else if arguments == ["log"] {
  CoreWork.log(lines: 1_000_000)
} else if arguments == ["counter"] {
  CoreWork.count(times: 100_000_000)
} else {
  print("usage: bench-core crc32c --bytes N | log | counter")
  exit(2)
}
