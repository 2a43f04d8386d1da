import FlintCore
import FlintLayout
import Testing

@testable import FlintClosures

/// What shipping relies on where functions, variables and generic types are captured, one fact a test.
@Suite struct GenericFactsTests {
  private func layout<Closure>(
    of closure: Closure, parameterCount: Int = 1
  ) throws -> (object: ContextObject, layout: ContextLayout) {
    let object = try #require(UnsafeRawPointer(bitPattern: Samples.words(closure).context))
    let schema = try ContextSchema(ContextMetadata(Metadata(try #require(object.pointer(0)))))
    let context = ContextObject(address: object, schema: schema, parameterCount: parameterCount)
    let environment = try schema.environment(
      words: context.words, dependents: context.dependentTypes(), in: GenericEnvironment())
    return (context, try ContextLayout(schema, environment))
  }

  @Test("the runtime knows no type for a captured function: its own parameters are counted off the name")
  func capturedFunction() throws {
    let inner = Samples.combining(3)
    let closure = Mapping<Int, Int> { inner($0, $0) + 1 }
    defer { withExtendedLifetime(closure) {} }
    guard case .function(isOptional: false, parameterCount: 2)? = try layout(of: closure).layout.captures.first?.kind
    else {
      Issue.record("a captured function is of another kind")
      return
    }
  }

  @Test("a variable that is captured alone has no context around its box: the box is the context")
  func box() throws {
    let closure = Samples.counting(2.5)
    defer { withExtendedLifetime(closure) {} }
    let (object, layout) = try layout(of: closure)
    #expect(layout.captures.map(\.offset) == [16])
    #expect(object.address.load(fromByteOffset: 16, as: Double.self) == 2.5)
  }

  @Test("a variable of a type that only the caller knows has a box of kind 0x500, which names the type")
  func genericBox() throws {
    let closure = Samples.remembering(7)
    defer { withExtendedLifetime(closure) {} }
    let (object, layout) = try layout(of: closure)
    let capture = try #require(layout.captures.first)
    guard case .object(isOptional: false) = capture.kind else {
      Issue.record("a box is of another kind: \(capture.kind)")
      return
    }
    let box = try #require(object.address.load(fromByteOffset: capture.offset, as: UnsafeRawPointer?.self))
    let head = Metadata(try #require(box.pointer(0)))
    #expect(head.kind == .genericBox)
    #expect(head.address.pointer(2) == Metadata(Int.self).address)
    #expect(box.load(fromByteOffset: 16, as: Int.self) == 7)
  }

  @Test("the generic argument of a class is found through the captured object, by the number of its parameter")
  func argumentOfObject() throws {
    let holder = Holder([1, 2])
    let closure = holder.counting(5)
    defer { withExtendedLifetime(closure) {} }
    let object = try layout(of: closure).object
    #expect(object.schema.bindings.isEmpty)
    #expect(try object.dependentTypes() == [Metadata([Int].self)])
  }

  @Test("types that depend on generic ones are resolved by a description of the environment that we write")
  func dependentTypes() throws {
    let closure = Samples.element(of: [1.5, 2], default: 4)
    defer { withExtendedLifetime(closure) {} }
    let kinds = try layout(of: closure).layout.captures.map(\.kind)
    let types = kinds.compactMap { if case .value(let type) = $0 { type } else { nil } }
    #expect(types == [Metadata([Double].self), Metadata(Double.self)])
  }

  @Test("no record says that a generic parameter stands for a class: heads and descriptions do not differ")
  func noRecordOfClasses() throws {
    let value = Samples.holding(any: Coded(1), 2)
    let object = Samples.holding(object: Coded(1), 2)
    defer { withExtendedLifetime((value, object)) {} }
    let layouts = try [layout(of: value), layout(of: object)]
    let heads = layouts.compactMap { $0.object.address.pointer(0) }
    #expect(heads[0] != heads[1])
    for word in [-1, 0, 1] { #expect(heads[0].word(word) == heads[1].word(word)) }
    let descriptors = layouts.map(\.object.schema.descriptor)
    #expect(descriptors[0].bindingCount == 1)
    #expect(descriptors[0].captureCount == 2)
    for read in [\CaptureDescriptor.bindingCount, \.captureCount, \.sourceCount] {
      #expect(descriptors[0][keyPath: read] == descriptors[1][keyPath: read])
    }
    let names = descriptors.map { descriptor in (0..<2).map { descriptor.captureType($0)?.printed } }
    #expect(names[0] == names[1])
    #expect(names[0][0] == "x")
  }

  /// A generic class whose method makes a closure over itself.
  private final class Holder<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }

    func counting(_ number: Int) -> Mapping<Int, String> { Mapping { "\(self.value) \($0 + number)" } }
  }
}
