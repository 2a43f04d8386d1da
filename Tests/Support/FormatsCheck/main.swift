import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem
import Glibc

// Reads and writes files for tests that compare them with what other programs read and write. Each line of
// standard input is a command; each gets one line on standard output, which begins with `error` when it failed.
//
//   dump SOURCE TARGET [columns=A,B] [batch=N] [where=COLUMN:CONDITION:VALUE]
//   write SOURCE TARGET [codec=NAME] [version=2] [encoding=COLUMN:NAME] [dictionary=SIZE] [groupRows=N] [pageRows=N]
//     [pageSize=N] [bloom=COLUMN] [checksums=1] [index=0] [statistics=0], and whatever dump takes
//   write SOURCE TARGET.arrow [form=stream] [compression=NAME] [dictionaries=0], and whatever dump takes
//   part SOURCE FOLDER by=A,B, and whatever write takes
//   csv|json|text SOURCE TARGET [struct=TYPE] [option=NAME:HEX] [part=BYTES] [columns=A,B] [batch=N]
//   csv-write|json-write|text-write SOURCE TARGET [pack=CODEC] [option=NAME:HEX], from Parquet
//   table SOURCE TARGET format=NAME, and whatever csv takes: the files of a folder
let files = SystemFileSystem(threads: try FileThreads(count: 1))
let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(2)))

while let line = readLine() {
  let words = line.split(separator: " ").map(String.init)
  do {
    let options = try Options(words.dropFirst(3))
    switch words.first {
    case "dump":
      try await Dump(files: files, memory: memory).run(FilePath(words[1]), to: FilePath(words[2]), options)
    case "write":
      try await Rewrite(files: files, memory: memory).run(FilePath(words[1]), to: FilePath(words[2]), options)
    case "part":
      try await Rewrite(files: files, memory: memory).run(FilePath(words[1]), below: FilePath(words[2]), options)
    case "csv", "json", "text":
      try await Lines(files: files, memory: memory).read(words[0], words[1], to: FilePath(words[2]), options)
    case "csv-write", "json-write", "text-write":
      try await Lines(files: files, memory: memory).write(words[0], FilePath(words[1]), to: FilePath(words[2]), options)
    case "table":
      try await Lines(files: files, memory: memory).table(words[1], to: FilePath(words[2]), options)
    default: throw FlintError(.invalidArgument, "\(line) is no command")
    }
  } catch {
    print("error \(error)")
  }
  fflush(nil)
}
