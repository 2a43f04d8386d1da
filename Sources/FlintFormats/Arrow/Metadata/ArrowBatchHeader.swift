/// Where in the body of a message the values of its columns lie.
struct ArrowBatchHeader {
  /// How many rows there are.
  let length: Int
  /// For each column and each part of one, in the schema's order: how many values, and how many of them are null.
  let nodes: [(length: Int, nulls: Int)]
  /// Where in the body the buffers lie.
  let buffers: [Range<Int>]
  /// How many buffers more than two each view has.
  let viewBuffers: [Int]
  let compression: ArrowCompression

  /// More rows than numbers of rows can name are refused.
  static let maximumLength = Int(Int32.max) - 1

  init(_ table: FlatTable, bodyLength: Int) throws(FormatFault) {
    func length(_ number: Int64) throws(FormatFault) -> Int {
      guard let length = Int(exactly: number), (0...Self.maximumLength).contains(length) else {
        throw .damaged("it says that it has \(number) values")
      }
      return length
    }
    self.length = try length(try table.number(0, or: Int64(0)))
    let nodeWords = try table.words(1, width: 2)
    var nodes: [(Int, Int)] = []
    nodes.reserveCapacity(nodeWords.count / 2)
    for index in stride(from: 0, to: nodeWords.count, by: 2) {
      nodes.append((try length(nodeWords[index]), try length(nodeWords[index + 1])))
    }
    self.nodes = nodes
    let bufferWords = try table.words(2, width: 2)
    var buffers: [Range<Int>] = []
    buffers.reserveCapacity(bufferWords.count / 2)
    for index in stride(from: 0, to: bufferWords.count, by: 2) {
      let (start, count) = (bufferWords[index], bufferWords[index + 1])
      guard start >= 0, count >= 0, start <= bodyLength, count <= Int64(bodyLength) - start else {
        throw .damaged("a buffer lies outside of its bytes")
      }
      buffers.append(Int(start)..<Int(start + count))
    }
    self.buffers = buffers
    compression = try Self.compression(table)
    viewBuffers = try table.words(4, width: 1).map { (count) throws(FormatFault) in try length(count) }
  }

  private static func compression(_ table: FlatTable) throws(FormatFault) -> ArrowCompression {
    guard let compression = try table.table(3) else { return .none }
    guard try compression.number(1, or: Int8(0)) == 0 else {
      throw .unsupported("its buffers are not compressed one by one")
    }
    return try ArrowCompression(number: try compression.number(0, or: Int8(0)))
  }
}
