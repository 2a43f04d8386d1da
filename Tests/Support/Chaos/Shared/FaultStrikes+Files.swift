import FlintChaos
import FlintCore
import FlintSupervisor

extension FaultStrikes {
  func strikeFiles(_ fault: Fault, _ event: RunEvent) async throws {
    switch fault {
    case .removeFiles(let target):
      for victim in try await executors(target, event) {
        try await arena.shell("find \"$1\" -type f -delete", [victim.directory.string])
      }
    case .misplaceFiles(let target):
      var count = 0
      for victim in try await executors(target, event) {
        let files = try await arena.outputFiles(below: victim.directory)
        guard files.count > 1 else { continue }
        count += 1
        try await arena.shell("mv \"$1\" \"$2\"", files[0...1].map(\.string))
      }
      arena.require(count > 0, .told, "no node has two files to be confused")
    case .flipBit(let target, let place):
      for victim in try await executors(target, event) {
        for file in try await arena.outputFiles(below: victim.directory) {
          let size = try await arena.context.files.status(of: file)?.size ?? 0
          let offset: Int64 =
            switch place {
            case .header: 8
            case .middle: size / 2
            case .index: -40
            case .end: -1
            }
          try await arena.flip(file, at: offset)
        }
      }
    default: break
    }
  }
}
