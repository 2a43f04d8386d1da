/// Reads the lengths of a Snappy block that the decoder refused, to tell what is wrong with it, and where.
enum SnappySurvey {
  static func fault(in block: UnsafeRawBufferPointer) -> CompressionFault {
    var survey = Survey(block: block)
    do throws(CompressionFault) {
      try survey.run()
    } catch {
      return error
    }
    return .damaged(offset: block.count, "the decoder refuses it")
  }

  private struct Survey {
    let block: UnsafeRawBufferPointer
    var position = 0
    var size = 0

    /// Goes from element to element: a tag whose two low bits say whether literals follow or a distance to copy from.
    mutating func run() throws(CompressionFault) {
      let expected = try header()
      while position < block.count {
        let start = position
        let tag = Int(try number(bytes: 1))
        switch tag & 3 {
        case 0:
          let short = tag >> 2
          let length = (short < 60 ? short : try number(bytes: short - 59)) + 1
          guard length <= block.count - position else { throw .truncated(offset: block.count) }
          position += length
          size += length
        case 1: try copy(4 + (tag >> 2 & 7), from: (tag >> 5) << 8 | (try number(bytes: 1)), start)
        case 2: try copy(1 + (tag >> 2), from: try number(bytes: 2), start)
        default: try copy(1 + (tag >> 2), from: try number(bytes: 4), start)
        }
        guard size <= expected else {
          throw .damaged(offset: start, "it holds more than the \(expected) bytes it says")
        }
      }
      guard size == expected else { throw .truncated(offset: block.count) }
    }

    private mutating func copy(_ length: Int, from distance: Int, _ start: Int) throws(CompressionFault) {
      guard distance > 0, distance <= size else {
        throw .damaged(offset: start, "it copies from \(distance) bytes back, where nothing is")
      }
      size += length
    }

    /// The length before the elements, seven bits a byte; it was read before.
    private mutating func header() throws(CompressionFault) -> Int {
      var (value, shift) = (0, 0)
      while true {
        let byte = try number(bytes: 1)
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128 || shift > 28 { return value }
      }
    }

    private mutating func number(bytes count: Int) throws(CompressionFault) -> Int {
      guard count <= block.count - position else { throw .truncated(offset: block.count) }
      defer { position += count }
      return (0..<count).reduce(0) { $0 | Int(block[position + $1]) << (8 * $1) }
    }
  }
}
