public import FlintCore

extension Kernels {
  /// Deals rows to parts by a hash of their key, the same in every process: for each part its rows, in their order.
  ///
  /// - Parameter level: how often these rows have been dealt before. What one level puts together, another one parts.
  public func deal(_ keys: [Vector], count: Int, parts: Int, level: Int = 0) throws(FlintError) -> [RowNumbers] {
    precondition(parts > 0, "rows are dealt to one part at least")
    let hashes = try hash(keys, count: count)
    let words = hashes.pointer(to: UInt64.self)
    if level > 0 {
      let salt = UInt64(truncatingIfNeeded: level) &* 0x9E37_79B9_7F4A_7C15
      for row in 0..<count { words[row] = Mixer.hash(words[row], after: salt) }
    }
    let numbers = try memory.buffer(count * 4)
    let part = numbers.pointer(to: Int32.self)
    var sizes = [Int](repeating: 0, count: parts)
    sizes.withUnsafeMutableBufferPointer { sizes in
      for row in 0..<count {
        // The upper half of the product with the hash's upper half: as even as a remainder, without a division.
        let number = Int(truncatingIfNeeded: ((words[row] &>> 32) &* UInt64(truncatingIfNeeded: parts)) &>> 32)
        part[row] = Int32(truncatingIfNeeded: number)
        sizes[number] &+= 1
      }
    }
    let buffers = try sizes.map { (size) throws(FlintError) in try memory.buffer(size * 4) }
    var ends = buffers.map { $0.pointer(to: Int32.self) }
    ends.withUnsafeMutableBufferPointer { ends in
      for row in 0..<count {
        let number = Int(truncatingIfNeeded: part[row])
        ends[number].pointee = Int32(truncatingIfNeeded: row)
        ends[number] += 1
      }
    }
    withExtendedLifetime((hashes, numbers)) {}
    return zip(buffers, sizes).map { RowNumbers($0, count: $1) }
  }
}
