internal import FlintCore

/// Where the parts of an output are written before it is published. It travels to the tasks.
@usableFromInline
package struct StagedOutput: Sendable {
  /// The folder that goes when the job ends.
  let folder: String
  /// What follows the number in a part's name, such as `.gz`.
  let suffix: String
  /// What stands before the number, so that no file beside the output has that name; empty where there is none.
  let token: String
  /// Digits of the number, so that the order of names is that of partitions.
  let width: Int

  init(folder: FilePath, suffix: String, token: String = "", partitionCount: Int) {
    self.folder = folder.string
    self.token = token.isEmpty ? "" : token + "-"
    self.suffix = suffix
    width = max(5, "\(max(0, partitionCount - 1))".count)
  }

  /// What tries are writing. Renamed away before the output is looked at: so no late try can add to it.
  var attempts: FilePath { FilePath(folder) / "attempts" }
  /// What becomes the output.
  var output: FilePath { FilePath(folder) / "output" }
  /// The parts of an output with folders of its own, before they become one.
  var assembled: FilePath { FilePath(folder) / "assembled" }
  /// What late tries wrote.
  var ended: FilePath { FilePath(folder) / "ended" }

  /// The name of a partition's part, whichever try writes it.
  func name(of partition: PartitionID) -> String {
    let digits = "\(partition.rawValue)"
    return "part-" + token + String(repeating: "0", count: max(0, width - digits.count)) + digits + suffix
  }
}
