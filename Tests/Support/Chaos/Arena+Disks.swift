import FlintCore
import FlintSupervisor

extension Arena {
  /// Puts a small file system at `nodes`, where the nodes of applications have their files.
  func smallDisk(_ size: String, at path: FilePath? = nil) async throws {
    let path = path ?? nodes
    expect(path.name)
    try await shell("mkdir -p $1 && mount -t tmpfs -o size=$2,mode=0700 tmpfs $1", [path.string, size])
  }

  /// The files of map outputs that are on the nodes' disks, in the order of their names.
  func outputFiles(below folder: FilePath? = nil) async throws -> [FilePath] {
    let found = try await shell("find $1 -name 'shuffle-data.*' | sort", [(folder ?? nodes).string])
    return found.split(separator: "\n").map { FilePath(String($0)) }
  }

  /// Flips a bit in the byte at `offset` of a file; negative ones count from its end.
  func flip(_ path: FilePath, at offset: Int64) async throws {
    let file = try await context.files.open(path, .update)
    let place = offset >= 0 ? offset : try await file.size() + offset
    let byte = try await file.read(count: 1, at: place)
    try await file.write([byte[0] ^ 4], at: place)
    try await file.close()
    fired("a bit of \(path.name) was flipped at \(offset)")
  }

  /// The sums with map outputs in files, of which nobody has read anything: the first map task waits, the others are done.
  func sumsBeforeReaders() async throws -> Sums {
    let sums = try await sums(gate: "--first-gate", settings: [Arena.files])
    try await sums.log.wait(for: "mapOutputRegistered", count: Sums.partitions - 1)
    return sums
  }

  /// The same once all outputs are there, and tasks of the second stage wait, which have read theirs.
  func sumsBetweenStages() async throws -> Sums {
    let sums = try await sums(gate: "--reduce-gate", settings: [Arena.files])
    try await sums.log.wait(for: "mapOutputRegistered", count: Sums.partitions)
    try await sums.log.wait(for: "taskStarted", count: Sums.partitions + 2)
    return sums
  }
}
