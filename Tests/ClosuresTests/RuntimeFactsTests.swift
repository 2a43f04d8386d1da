import FlintCore
import FlintLayout
import Testing

@testable import FlintClosures

/// What shipping relies on, one fact a test: when a toolchain changes one of them, its test says which.
@Suite struct RuntimeFactsTests {
  private func context(_ bits: UInt) throws -> (object: UnsafeRawPointer, metadata: ContextMetadata) {
    let object = try #require(UnsafeRawPointer(bitPattern: bits))
    return (object, ContextMetadata(Metadata(try #require(object.pointer(0)))))
  }

  @Test("a function is two words, code and context, and its code is a listed start of a function")
  func thickFunction() throws {
    #expect(MemoryLayout<@Sendable (Int) -> Int>.size == 16)
    let closure = Samples.adding(1)
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    let image = try #require(LoadedImages.current().images.first { $0.contains(words.code) })
    #expect(image.functions?.hasStart(at: words.code) == true)
    #expect(image.functions?.hasStart(at: words.code + 1) == false)
    #expect(!image.isCode(words.code + 1))
  }

  @Test("the code of an asynchronous function is a record that leads to the start of a function")
  func asynchronousFunction() throws {
    let number = 3
    let closure = AsyncMapping<Int, Int> { $0 + number }
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    let image = try #require(LoadedImages.current().images.first { $0.contains(words.code) })
    #expect(image.functions?.hasStart(at: words.code) == false)
    #expect(image.isCode(words.code))
  }

  @Test("a context has kind 0x400, no value operations, a function that destroys, and a listed descriptor")
  func contextMetadata() throws {
    let closure = Samples.scaling(true, 2)
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    let metadata = try context(words.context).metadata
    let image = try #require(LoadedImages.current().images.first { $0.contains(metadata.metadata.bits) })
    #expect(metadata.metadata.kind == .context)
    #expect(metadata.isGenuine(in: image))
    #expect(!ContextMetadata(Metadata(metadata.metadata.address + 8)).isGenuine(in: image))
  }

  @Test(
    "a context is destroyed by the function that its head names: a rebuilt one has a head of its own, behind its captures"
  )
  func rebuiltContext() throws {
    let closure = Samples.generic("text")
    let copy = try ShippedClosure.decode(ShippedClosure.encode(closure), as: Mapping<Int, String>.self)
    defer { withExtendedLifetime((closure, copy)) {} }
    let metadata = try context(Samples.words(closure).context).metadata
    let (rebuilt, head) = try context(Samples.words(copy).context)
    #expect(head.metadata.address > rebuilt)
    #expect(head.metadata.kind == .context)
    #expect(head.metadata.address.word(-2) != metadata.metadata.address.word(-2))
    #expect(head.descriptor?.address == metadata.descriptor?.address)
    #expect(ContextMetadata.written(head.metadata).metadata == metadata.metadata)
    #expect(ContextMetadata.written(metadata.metadata).metadata == metadata.metadata)
  }

  @Test("captures stand in the order of their description, each at its own alignment")
  func captureOrder() throws {
    let closure = Samples.scaling(true, 2.5)
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    let (object, metadata) = try context(words.context)
    let schema = try ContextSchema(metadata)
    let layout = try ContextLayout(schema, GenericEnvironment())
    #expect(layout.captures.map(\.offset) == [16, 24])
    #expect(object.load(fromByteOffset: 16, as: Bool.self))
    #expect(object.load(fromByteOffset: 24, as: Double.self) == 2.5)
  }

  @Test("generic types are bindings before the captures; witness tables are bindings that nobody describes")
  func bindings() throws {
    let closure = Samples.generic(7)
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    let (object, metadata) = try context(words.context)
    let schema = try ContextSchema(metadata)
    #expect(schema.bindings.count == 2)
    guard case .type = schema.bindings[0], case .witnessTable = schema.bindings[1] else {
      Issue.record("other bindings: \(schema.bindings)")
      return
    }
    #expect(object.pointer(2) == Metadata(Int.self).address)
    let table = try #require(object.pointer(3))
    let conformance = ConformanceDescriptor(try #require(table.pointer(0)))
    #expect(conformance.conformingType(of: table, among: [Metadata(Int.self)]) == Metadata(Int.self))
  }

  @Test("a single counted reference is captured without a context: it is the context")
  func adoptedObject() throws {
    let object = Coded(1)
    let closure = Mapping<Int, Int> { $0 + object.number }
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    #expect(words.context == UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque()))
    #expect(try context(words.context).metadata.metadata.kind == .class)
  }

  @Test("an array alone is captured by its buffer, whose class tells the element")
  func adoptedArray() throws {
    let numbers = [1, 2, 3].map { $0 * 2 }
    let closure = Mapping<Int, Int> { numbers[$0] }
    defer { withExtendedLifetime(closure) {} }
    let words = Samples.words(closure)
    let head = try context(words.context).metadata.metadata
    #expect(AdoptedCollection.type(ofStorage: head) == Metadata([Int].self))
  }

  @Test("trap: metadata made at run time is in no image, although the runtime's own pool lies next to one")
  func runtimePool() throws {
    let images = LoadedImages.current()
    let made = Metadata(Mapping<Mapping<Int8, Int8>, [Int8: UInt16]>.self)
    #expect(images.index(of: made.bits) == nil)
    let description = try #require(made.nominal)
    #expect(images.index(of: UInt(bitPattern: description.address)) != nil)
  }

  @Test("the name of a private type is never found again, the place of its description is")
  func privateTypes() throws {
    let name = _mangledTypeName(Samples.hiddenType)
    #expect(name.flatMap { _typeByName($0) } == nil)
    let copy = try ShippedClosure.decode(ShippedClosure.encode(Samples.hidden(5)), as: Mapping<Int, Int>.self)
    #expect(copy.call(1) == 6)
  }

  @Test("a key path is taken apart into steps that stay inside its root, and put together equal to itself")
  func keyPaths() throws {
    let path: any KeyPath<[String: String], Int> & Sendable = \.keys.count
    let closure = Mapping<[String: String], Int> { $0[keyPath: path] }
    let copy = try ShippedClosure.decode(ShippedClosure.encode(closure), as: Mapping<[String: String], Int>.self)
    #expect(copy.call(["a": "b"]) == 1)
  }

  @Test("behind a key path's steps stands the size of the largest value on the way, and one step is flagged")
  func keyPathObject() throws {
    try expectSameObject(\Framed.frame.small)
    try expectSameObject(\Framed.text.utf8.count)
    try expectSameObject(\Framed.small)
    try expectSameObject(\Framed.odd.text.utf8.count)
    try expectSameObject(\String.count)
    try expectSameObject(\String.utf8.count)
    try expectSameObject(\String.self)
    try expectSameObject(\[Int].first?.description.utf8.count)
    #expect(largest(\Framed.odd.text) == MemoryLayout<Odd>.size)
    #expect(largest(\Framed.small.frame.small) == MemoryLayout<Framed>.size)
    #expect(MemoryLayout<Odd>.size % 8 != 0)
  }

  private struct Odd {
    var numbers = (1, 2, 3, 4, 5, 6)
    var text = "text"
    var byte: UInt8 = 0
  }

  private struct Framed {
    var text = "text"
    var small = Small()
    var odd: Odd { Odd() }
    var frame: Framed { self }
  }

  private struct Small {
    var byte: UInt8 = 1
    var frame: Framed { Framed() }
  }

  /// Ships the key path and holds its object against the one that the runtime made.
  private func expectSameObject<Root, Value>(
    _ path: KeyPath<Root, Value>, at place: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let sendable = unsafeBitCast(path, to: (any KeyPath<Root, Value> & Sendable).self)
    let closure = Mapping<Int, Holder<Root, Value>> { _ in Holder(path: sendable) }
    let decoded = try ShippedClosure.decode(ShippedClosure.encode(closure), as: Mapping<Int, Holder<Root, Value>>.self)
    let copy = decoded.call(0).path
    #expect(copy !== path && copy == path, sourceLocation: place)
    #expect(largest(copy) == largest(path), sourceLocation: place)
    #expect(bufferHeader(copy) == bufferHeader(path), sourceLocation: place)
  }

  private struct Holder<Root, Value>: Sendable {
    let path: any KeyPath<Root, Value> & Sendable
  }

  private func bufferHeader(_ path: AnyKeyPath) -> UInt32 {
    withExtendedLifetime(path) {
      UnsafeRawPointer(Unmanaged.passUnretained(path).toOpaque())
        .load(fromByteOffset: KeyPathShape.bufferHeaderPlace, as: UInt32.self)
    }
  }

  private func largest(_ path: AnyKeyPath) -> Int {
    let size = Int(bufferHeader(path) & KeyPathShape.BufferFlags.size)
    return withExtendedLifetime(path) {
      UnsafeRawPointer(Unmanaged.passUnretained(path).toOpaque())
        .load(fromByteOffset: KeyPathShape.bufferPlace + size.aligned(to: 8), as: Int.self)
    }
  }

  @Test("every image of the program's own build has a build-id and lists its functions")
  func program() {
    let program = LoadedImages.current().program
    #expect(program.name.isEmpty)
    #expect(program.buildID?.bytes.count == 20)
    #expect(program.functions != nil)
  }
}
