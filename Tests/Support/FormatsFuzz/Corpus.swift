import FlintCore
import FlintSystem

/// The sound files of a subject: those that our own writers made, and those of a folder, which other programs made.
enum Corpus {
  static func files(below folder: FilePath?, ending: String) async throws -> [Sample] {
    guard let folder else { return [] }
    let files = SystemFileSystem(threads: try FileThreads(count: 1))
    var samples: [Sample] = []
    for name in try await files.list(folder).sorted() where name.hasSuffix(ending) {
      let file = try await files.open(folder / name, .read)
      samples.append(Sample(name: name, bytes: try await file.read(count: Int(try await file.size()), at: 0)))
      try await file.close()
    }
    guard !samples.isEmpty else {
      throw FlintError(.invalidArgument, "there is no file in \(folder) whose name ends with \(ending)")
    }
    return samples
  }
}
