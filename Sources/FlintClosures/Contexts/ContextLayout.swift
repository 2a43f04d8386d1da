internal import CFlint
internal import FlintLayout

/// Where each capture lies in a context, once its generic types are known.
struct ContextLayout {
  struct Capture {
    /// Counted from 1, for messages.
    let number: Int
    let kind: CaptureKind
    let offset: Int

    /// What of it has to be given back with the context; nil for what is forgotten.
    var part: flint_context_part? {
      switch kind {
      case .value(let type):
        type.witnesses.isTrivial ? nil : flint_context_part(offset: offset, type: type.address)
      case .function: flint_context_part(offset: offset + 8, type: nil)
      case .object: flint_context_part(offset: offset, type: nil)
      case .codePointer: nil
      }
    }
  }

  let captures: [Capture]
  /// Bytes of the whole object.
  let size: Int
  let alignment: Int

  /// Captures stand in the order of their description, each at its own alignment.
  init(_ schema: ContextSchema, _ environment: GenericEnvironment) throws(ClosureRefusal) {
    var captures: [Capture] = []
    var end = schema.captureStart
    var alignment = 8
    for index in 0..<schema.descriptor.captureCount {
      let kind = try Self.kind(index, schema, environment)
      let layout = kind.layout
      let offset = end.aligned(to: layout.alignment)
      captures.append(Capture(number: index + 1, kind: kind, offset: offset))
      end = offset + layout.size
      alignment = max(alignment, layout.alignment)
    }
    self.captures = captures
    size = end
    self.alignment = alignment
  }

  private static func kind(
    _ index: Int, _ schema: ContextSchema, _ environment: GenericEnvironment
  ) throws(ClosureRefusal) -> CaptureKind {
    guard let name = schema.descriptor.captureType(index) else {
      throw ClosureRefusal("has a capture without a type", remedy: ClosureRefusal.keepMetadata)
    }
    do throws(ClosureRefusal) {
      return try CaptureKind(name, in: environment)
    } catch {
      throw ClosureRefusal("capture \(index + 1) \(error.why)", remedy: error.remedy)
    }
  }
}
