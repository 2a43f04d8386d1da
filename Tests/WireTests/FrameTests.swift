import FlintCore
import FlintWire
import Testing
import WireSamples

@Suite("Frames in a stream of bytes")
struct FrameTests {
  /// What a reader makes of bytes that arrive in pieces.
  private func read(_ pieces: [[UInt8]], limit: Int = 4096) -> (
    kinds: [FrameKind], bodies: [[UInt8]], fault: FrameFault?
  ) {
    var reader = FrameReader()
    var (kinds, bodies): ([FrameKind], [[UInt8]]) = ([], [])
    for piece in pieces {
      let fault = piece.withUnsafeBytes { bytes -> FrameFault? in
        var input = bytes
        do throws(FrameFault) {
          while let frame = try reader.next(&input, limit: limit) {
            kinds.append(frame.header.kind)
            bodies.append(Array(frame.body))
          }
          return nil
        } catch {
          return error
        }
      }
      if let fault { return (kinds, bodies, fault) }
    }
    return (kinds, bodies, nil)
  }

  private let three =
    WireBytes.frame(.heartbeat, sequence: 0) + WireBytes.frame(.oneWay, message: 9, sequence: 1, [1, 2, 3, 4, 5])
    + WireBytes.frame(.reply, message: 2, correlation: 7, sequence: 2, Array(repeating: 9, count: 40))

  @Test("three frames arrive whole, however the stream is cut into two or three pieces")
  func everyCut() {
    for first in 0...three.count {
      for second in stride(from: first, through: three.count, by: 1) {
        let read = read([Array(three[..<first]), Array(three[first..<second]), Array(three[second...])])
        #expect(read.fault == nil)
        #expect(read.kinds == [.heartbeat, .oneWay, .reply], "cut at \(first) and \(second)")
        #expect(read.bodies == [[], [1, 2, 3, 4, 5], Array(repeating: 9, count: 40)])
      }
    }
  }

  @Test("one byte at a time is as good as all at once")
  func singleBytes() {
    let read = read(three.map { [$0] })
    #expect(read.kinds == [.heartbeat, .oneWay, .reply])
    #expect(read.fault == nil)
  }

  @Test("no flipped bit goes unnoticed, in the header or the body")
  func everyBit() {
    let frame = WireBytes.frame(.request, message: 1, correlation: 3, [10, 20, 30])
    for bit in 0..<frame.count * 8 {
      var damaged = frame
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let read = read([damaged])
      #expect(read.kinds == [], "bit \(bit)")
      #expect(read.fault != nil, "bit \(bit)")
    }
  }

  @Test("each fault has its name")
  func faults() {
    func fault(_ change: (inout [UInt8]) -> Void, limit: Int = 4096) -> FrameFault? {
      var frame = WireBytes.frame(.oneWay, message: 1, [1, 2, 3])
      change(&frame)
      return read([frame], limit: limit).fault
    }
    #expect(fault { $0[0] = 0x47 } == .notAFrame)
    #expect(fault { $0[2] = 2 } == .version(2))
    #expect(fault { $0[9] = 1 } == .headerChecksum)
    #expect(fault { $0[33] = 1 } == .bodyChecksum)
    #expect(
      fault {
        $0[3] = 77; WireBytes.sealHeader(&$0)
      } == .unknownKind(77))
    #expect(
      fault {
        $0[6] = 1; WireBytes.sealHeader(&$0)
      } == .unknownKind(FrameKind.oneWay.rawValue))
    #expect(
      fault({
        WireBytes.set(&$0, 8, .max); WireBytes.sealHeader(&$0)
      }) == .tooLong(.max))
    #expect(fault({ _ in }, limit: 2) == .tooLong(3))
    #expect(
      fault {
        WireBytes.set(&$0, 12, 5); WireBytes.sealHeader(&$0)
      } == .order(expected: 0, got: 5))
    #expect(fault { _ in } == nil)
  }

  @Test("a frame that is missing or comes twice is noticed at the next one")
  func order() {
    let frames = (0..<3).map { WireBytes.frame(.heartbeat, sequence: $0) }
    #expect(read([frames[0], frames[2]]).fault == .order(expected: 1, got: 2))
    #expect(read([frames[0], frames[0]]).fault == .order(expected: 1, got: 0))
  }

  @Test("a length that is promised and not sent costs no memory")
  func promisedLength() {
    var frame = WireBytes.frame(.oneWay, message: 1, [1, 2, 3])
    WireBytes.set(&frame, 8, 16 << 20)
    WireBytes.sealHeader(&frame)
    var reader = FrameReader()
    frame.withUnsafeBytes { bytes in
      var input = bytes
      #expect((try? reader.next(&input, limit: 16 << 20)) as Frame? == nil)
      #expect(input.isEmpty)
    }
    #expect(reader.heldByteCount < 128)
  }

  @Test("the memory of a large frame is given back")
  func largeFrame() throws {
    let large = WireBytes.frame(.oneWay, message: 1, Array(repeating: 1, count: 1 << 20))
    var reader = FrameReader()
    for (index, piece) in [Array(large[..<1000]), Array(large[1000...]), WireBytes.frame(.heartbeat, sequence: 1)]
      .enumerated()
    {
      try piece.withUnsafeBytes { bytes in
        var input = bytes
        let frame = try reader.next(&input, limit: 1 << 20)
        #expect((frame != nil) == (index > 0))
      }
    }
    #expect(reader.heldByteCount < 1000)
  }
}
