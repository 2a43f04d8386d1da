import BuiltPrograms
import FlintCore
import Foundation

/// The seeds in `Seeds.txt`: each has failed once.
enum FailedSeeds {
  struct Line: CustomStringConvertible {
    let job: String
    let seed: UInt64

    var description: String { "\(job) \(seed)" }
  }

  static func read() throws -> [Line] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Seeds.txt")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.prefix { $0 != "#" }.split(separator: " ")
      guard words.count == 2, let seed = UInt64(words[1]) else { return nil }
      return Line(job: String(words[0]), seed: seed)
    }
  }
}
