import FlintCore
import FlintLayout
import Testing

@testable import FlintClosures

@Suite struct DecodingTests {
  /// Where the build-id of the first image begins: behind the magic, the number of images, and an empty name.
  private static let buildIDPlace = 4 + 1 + 4 + 1

  @Test("a closure of another build is refused, and both build-ids are told")
  func differentBuild() throws {
    var bytes = try ShippedClosure.encode(Samples.adding(1))
    #expect(bytes[Self.buildIDPlace - 1] == 20)
    bytes[Self.buildIDPlace] ^= 1
    let error = #expect(throws: FlintError.self) { try ShippedClosure.decode(bytes, as: Mapping<Int, Int>.self) }
    #expect(error?.code == .differentBuild)
    #expect(error?.why?.contains(ClosureShipping.programBuildID ?? "?") == true)
  }

  @Test("a closure cut off anywhere is refused")
  func truncated() throws {
    let bytes = try ShippedClosure.encode(Samples.generic(["a": 1]))
    for count in bytes.indices {
      let error = #expect(throws: FlintError.self) {
        try ShippedClosure.decode(Array(bytes[..<count]), as: Mapping<Int, String>.self)
      }
      #expect([.corruptData, .differentBuild].contains(error?.code))
    }
  }

  @Test("bytes behind a closure are refused")
  func trailing() throws {
    let bytes = try ShippedClosure.encode(Samples.adding(1)) + [0]
    #expect(throws: FlintError.self) { try ShippedClosure.decode(bytes, as: Mapping<Int, Int>.self) }
  }

  @Test("a closure is not taken for one of another type")
  func otherType() throws {
    let bytes = try ShippedClosure.encode(Samples.adding(1))
    let error = #expect(throws: FlintError.self) { try ShippedClosure.decode(bytes, as: Mapping<Int, String>.self) }
    #expect(error?.why?.contains("another type") == true)
  }

  @Test("code that is not the start of a function is refused")
  func code() throws {
    let closure = Mapping<Int, Int> { $0 + 1 }
    var bytes = try ShippedClosure.encode(closure)
    let place = try place(of: Samples.words(closure).code, in: bytes)
    bytes[place] &+= 1
    let error = #expect(throws: FlintError.self) { try ShippedClosure.decode(bytes, as: Mapping<Int, Int>.self) }
    #expect(error?.why == "a place of code is not the start of a function")
  }

  @Test("values are checked against the captured type: a Bool is 0 or 1")
  func values() throws {
    let bytes = try ShippedClosure.encode(Samples.scaling(true, 2))
    // The last nine bytes are the Bool and the Double.
    var changed = bytes
    changed[changed.count - 9] = 2
    let error = #expect(throws: FlintError.self) {
      try ShippedClosure.decode(changed, as: Mapping<Double, Double>.self)
    }
    #expect(error?.code == .corruptData)
    _ = try ShippedClosure.decode(bytes, as: Mapping<Double, Double>.self)
  }

  @Test("a struct in place of a class does no harm, and is given back as the struct that it is")
  func structInPlaceOfClass() throws {
    let object = try halves(Samples.holding(object: Coded(1), 2))
    let value = try halves(Samples.holding(any: Counted(test: 1), 2))
    _ = try ShippedClosure.decode(Array(object.closure + value.captures), as: Mapping<Int, String>.self)
    let tokens = Counted.Token.count(test: 1)
    #expect(tokens.made == 2)
    #expect(tokens.gone == 2)
  }

  @Test("what was captured is given back when the bytes end before the last capture")
  func givenBack() throws {
    let value = try halves(Samples.holding(any: Counted(test: 2), 2))
    let error = #expect(throws: FlintError.self) {
      try ShippedClosure.decode(Array(value.closure + value.captures.dropLast()), as: Mapping<Int, String>.self)
    }
    #expect(error?.why == "they end too early")
    let tokens = Counted.Token.count(test: 2)
    #expect(tokens.made == 2)
    #expect(tokens.gone == 2)
  }

  @Test("closures nested without end are refused when they are encoded")
  func depth() throws {
    var closure = Samples.adding(1)
    for _ in 0..<100 {
      let inner = closure.call
      closure = Mapping { inner($0) }
    }
    let deep = closure
    let error = #expect(throws: FlintError.self) { try ShippedClosure.encode(deep) }
    #expect(error?.code == .unshippableClosure)
  }

  /// An encoding, cut behind the place of the context: which closure it is, and what it captured.
  private func halves(
    _ closure: Mapping<Int, String>
  ) throws -> (closure: ArraySlice<UInt8>, captures: ArraySlice<UInt8>) {
    let bytes = try ShippedClosure.encode(closure)
    let context = try #require(UnsafeRawPointer(bitPattern: Samples.words(closure).context))
    let end = try place(of: context.word(0), in: bytes) + 4
    return (bytes[..<end], bytes[end...])
  }

  /// Where the offset of `address` in its image stands in an encoding.
  private func place(of address: UInt, in bytes: [UInt8]) throws -> Int {
    let images = LoadedImages.current()
    let index = try #require(images.index(of: address))
    let offset = UInt32(address - images.images[index].base)
    let pattern = withUnsafeBytes(of: offset.littleEndian) { Array($0) }
    return try #require(bytes.indices.last { bytes[$0...].starts(with: pattern) })
  }
}
