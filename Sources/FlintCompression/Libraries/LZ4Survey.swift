/// Reads the lengths of an LZ4 block that the library refused, to tell what is wrong with it, and where.
enum LZ4Survey {
  /// Why `block` does not hold `expected` bytes.
  static func fault(in block: UnsafeRawBufferPointer, expected: Int) -> CompressionFault {
    var survey = Survey(block: block)
    do throws(CompressionFault) {
      try survey.run(limit: expected)
    } catch {
      return error
    }
    guard survey.size == expected else { return .wrongSize(survey.size, expected: expected) }
    return .damaged(offset: block.count, "the last sequence breaks the rules for the end of a block")
  }

  private struct Survey {
    let block: UnsafeRawBufferPointer
    var position = 0
    var size = 0

    /// Goes from sequence to sequence: a token with two lengths, literals, and a distance back to copy from.
    mutating func run(limit: Int) throws(CompressionFault) {
      while true {
        let start = position
        let token = Int(try byte())
        let literals = try length(token >> 4)
        guard literals <= block.count - position else { throw .truncated(offset: block.count) }
        position += literals
        size += literals
        guard size <= limit else { throw .damaged(offset: start, "it holds more than \(limit) bytes") }
        if position == block.count { return }
        let distance = Int(try byte()) | Int(try byte()) << 8
        guard distance > 0, distance <= size else {
          throw .damaged(offset: position - 2, "it copies from \(distance) bytes back, where nothing is")
        }
        size += try length(token & 15) + 4
        guard size <= limit else { throw .damaged(offset: start, "it holds more than \(limit) bytes") }
      }
    }

    private mutating func byte() throws(CompressionFault) -> UInt8 {
      guard position < block.count else { throw .truncated(offset: block.count) }
      defer { position += 1 }
      return block[position]
    }

    /// A length of four bits; 15 says that bytes follow that are added up, until one is not 255.
    private mutating func length(_ short: Int) throws(CompressionFault) -> Int {
      guard short == 15 else { return short }
      var length = short
      var next: UInt8
      repeat {
        next = try byte()
        length += Int(next)
      } while next == 255
      return length
    }
  }
}
