internal import FlintColumns
internal import FlintCore

/// The different texts of a column that is written, over all its batches. Texts that a batch adds are written before it.
final class ArrowDictionary {
  let id: Int64
  private var texts: TextDictionary
  /// How many texts are written; nil when the dictionary is not.
  private var written: Int?
  /// The values of the last vector's dictionary, and their numbers here.
  private var last: Vector?
  private var numbers: [Int32] = []

  init(id: Int64, _ memory: ColumnMemory) throws(FormatFault) {
    self.id = id
    texts = try TextDictionary(limit: Int(Int32.max), memory)
  }

  /// The numbers of a vector's texts, 0 for null.
  func codes(_ vector: Vector, _ memory: ColumnMemory) throws(FormatFault) -> ColumnBuffer {
    let buffer = try memory.bytes(vector.count * 4)
    let target = buffer.pointer(to: Int32.self)
    guard let dictionary = vector.dictionary else {
      for row in 0..<vector.count { target[row] = vector.isNull(row) ? 0 : try number(vector, row) }
      return buffer
    }
    if last !== dictionary {
      numbers.removeAll(keepingCapacity: true)
      for value in 0..<dictionary.count { numbers.append(try number(dictionary, value)) }
      last = dictionary
    }
    let codes = vector.codes
    for row in 0..<vector.count { target[row] = vector.isNull(row) ? 0 : numbers[Int(codes[row])] }
    return buffer
  }

  private func number(_ vector: Vector, _ row: Int) throws(FormatFault) -> Int32 {
    guard let number = try texts.number(UnsafeRawBufferPointer(vector.text(row))) else {
      throw .tooLarge("its dictionary has more than 2 GiB of texts")
    }
    return Int32(truncatingIfNeeded: number)
  }

  /// The texts that are not written yet, as a vector, and whether others were before; nil when there are none. Then they count
  /// as written.
  func takeNew(_ type: DataType, _ memory: ColumnMemory) throws(FormatFault) -> (values: Vector, isMore: Bool)? {
    let (first, count) = (written ?? 0, texts.texts.count)
    guard written == nil || count > first else { return nil }
    defer { written = count }
    do throws(FlintError) {
      let builder = try TextBuilder(type, capacity: count - first, memory)
      let (ends, bytes) = (texts.texts.ends, texts.texts.bytes.start)
      for number in first..<count {
        let start = Int(ends[number - 1])
        try builder.append(UnsafeRawBufferPointer(start: bytes + start, count: Int(ends[number]) - start))
      }
      return (try builder.finish(), written != nil)
    } catch { throw .other(error) }
  }
}
