import CompressionSamples
import FlintCompression
import FlintCore
import Glibc

// Compresses or decompresses the mixed sample in blocks of 256 KiB, as often as it takes to make so many bytes. The
// benchmark measures it from outside.
let arguments = CommandLine.arguments.dropFirst().map(\.self)
guard arguments.count == 3, let codec = CompressionCodec(name: arguments[0]),
  ["compress", "decompress"].contains(arguments[1]), let count = Int(arguments[2]), count > 0
else {
  print("usage: bench-compression CODEC compress|decompress BYTES")
  exit(2)
}

let blockSize = 256 << 10
let sample = CompressionSamples.mixed(count: 16 * blockSize)
let compressor = try BlockCompressor(codec)
let decompressor = try BlockDecompressor(codec)
let blocks = (0..<16).map { Array(sample[$0 * blockSize..<($0 + 1) * blockSize]) }
let compressed = try blocks.map { try compressor.compress($0) }
let bound = try compressor.bound(blockSize)
let room = UnsafeMutableRawBufferPointer.allocate(byteCount: bound, alignment: 64)
let plain = UnsafeMutableRawBufferPointer(rebasing: room[..<blockSize])
var done = 0
while done < count {
  for index in blocks.indices {
    if arguments[1] == "compress" {
      _ = try blocks[index].withUnsafeBytes { try compressor.compress($0, into: room) }
    } else {
      try compressed[index].withUnsafeBytes { try decompressor.decompress($0, filling: plain) }
    }
    done += blockSize
  }
}
room.deallocate()
let share = compressed.reduce(0) { $0 + $1.count } * 100 / sample.count
print("bytes=\(done) share=\(share)%")
