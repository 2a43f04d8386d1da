/// Bytes to compress: the same on every machine, and on both sides of a comparison.
package enum CompressionSamples {
  /// The kinds of bytes, from what shrinks to nothing to what does not shrink.
  package enum Kind: CaseIterable, Sendable { case zeros, mixed, noise }

  /// `count` bytes of a kind.
  package static func bytes(_ kind: Kind, count: Int) -> [UInt8] {
    switch kind {
    case .zeros: [UInt8](repeating: 0, count: count)
    case .mixed: mixed(count: count)
    case .noise: noise(count: count)
    }
  }

  /// Lines of text, and between them 64-bit numbers, as a shuffle has them. The benchmark's peer writes the same.
  package static func mixed(count: Int) -> [UInt8] {
    var state: UInt64 = 42
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 128)
    while bytes.count < count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let drawn = state >> 33
      bytes += Array("zone-\(drawn % 263),\(drawn % 5000 / 100).\(drawn % 100),card\n".utf8)
      for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: (drawn % 100_000) >> UInt64(8 * shift))) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private static func noise(count: Int) -> [UInt8] {
    var state: UInt64 = 7
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 40)
    }
  }
}
