package import FlintCompression
import FlintCore

/// What comes of two blocks that are decompressed together.
package struct DecompressedPair {
  /// Bytes were written behind the end of an output.
  package struct Overrun: Error {}

  package let first: [UInt8]
  /// Nil when only the first is there.
  package let second: [UInt8]?

  /// Throws what the decompressor throws, and ``Overrun``.
  package init(
    _ block: [UInt8], _ size: Int, _ nextBlock: [UInt8], _ nextSize: Int, _ decompressor: BlockDecompressor
  ) throws {
    var (output, nextOutput) = (Self.marked(size), Self.marked(nextSize))
    let isThere = try block.withUnsafeBytes { block in
      try nextBlock.withUnsafeBytes { nextBlock in
        try output.withUnsafeMutableBytes { output in
          try nextOutput.withUnsafeMutableBytes { nextOutput in
            try decompressor.decompress(
              block, filling: UnsafeMutableRawBufferPointer(rebasing: output[..<size]), ahead: nextBlock,
              filling: UnsafeMutableRawBufferPointer(rebasing: nextOutput[..<nextSize]))
          }
        }
      }
    }
    guard Self.isMarked(output[size...]), Self.isMarked(nextOutput[nextSize...]) else { throw Overrun() }
    first = Array(output[..<size])
    second = isThere ? Array(nextOutput[..<nextSize]) : nil
  }

  /// Room for so many bytes, and behind it some that must stay.
  private static func marked(_ size: Int) -> [UInt8] { [UInt8](repeating: 0xA5, count: size + 80) }

  private static func isMarked(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 == 0xA5 } }
}
