/// Values whose first bytes lie together, then their second bytes, and so on.
enum StreamSplit {
  /// Puts `count` values of `width` bytes together, from number `first` of `total` on.
  static func join(
    _ bytes: UnsafePointer<UInt8>, total: Int, first: Int, width: Int, to values: UnsafeMutableRawPointer, count: Int
  ) {
    switch width {
    case 4:
      let (a, b, c, d) = (
        bytes + first, bytes + (total + first), bytes + (2 * total + first), bytes + (3 * total + first)
      )
      let values = values.assumingMemoryBound(to: UInt32.self)
      for index in 0..<count {
        let low = UInt32(a[index]) | UInt32(b[index]) &<< 8
        values[index] = low | UInt32(c[index]) &<< 16 | UInt32(d[index]) &<< 24
      }
    default:
      let values = values.assumingMemoryBound(to: UInt8.self)
      for byte in 0..<width {
        let source = bytes + (byte * total + first)
        var place = byte
        for index in 0..<count {
          values[place] = source[index]
          place &+= width
        }
      }
    }
  }

  /// Takes `count` values of `width` bytes apart.
  static func split(
    _ values: UnsafeRawPointer, count: Int, width: Int, to bytes: UnsafeMutablePointer<UInt8>
  ) {
    let values = values.assumingMemoryBound(to: UInt8.self)
    for byte in 0..<width {
      let target = bytes + byte * count
      var place = byte
      for index in 0..<count {
        target[index] = values[place]
        place &+= width
      }
    }
  }
}
