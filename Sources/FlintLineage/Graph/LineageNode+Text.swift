internal import FlintCore

extension LineageNode {
  /// The lineage as text, in the shape that people know from Spark's `toDebugString`: a line a dataset with its partitions
  /// where they change, children above parents, an indentation at each exchange.
  ///
  /// ```
  /// (2) reduceByKey[3] at Jobs/WordCount.swift:9 []
  ///  +-(4) map[2] at Jobs/WordCount.swift:8 []
  ///     |  words[1] at Jobs/WordCount.swift:7 []
  ///     |  textFile[0] at Jobs/WordCount.swift:6 []
  /// ```
  public var lineageText: String {
    var lines: [String] = []
    // Each entry: the node, what stands before its own line, what stands before the lines below it.
    var stack = [(node: self, first: "(\(partitionCount)) ", rest: LineageNode.gap(partitionCount))]
    while let (node, first, rest) = stack.popLast() {
      lines.append(first + node.line)
      let dependencies = node.dependencies
      // The last one keeps the margin; those before it branch off and leave a line for it.
      for (index, dependency) in dependencies.enumerated().reversed() {
        let isLast = index == dependencies.count - 1
        switch dependency {
        case .narrow(let parent, _): stack.append((parent, rest + "|  ", rest + (isLast ? "" : "|  ")))
        case .wide(let shuffle):
          let margin = rest + "+-"
          let count = shuffle.parent.partitionCount
          stack.append(
            (shuffle.parent, margin + "(\(count)) ", rest + (isLast ? "  " : "| ") + LineageNode.gap(count)))
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private var line: String { "\(name)[\(id.rawValue)] at \(location) [\(storageLevel?.description ?? "")]" }

  /// As wide as `(4) `, less the space before the bar.
  private static func gap(_ count: Int) -> String { String(repeating: " ", count: "\(count)".count) }
}
