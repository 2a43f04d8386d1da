internal import CFlint
internal import FlintLayout

/// The parameters of a generic type and what it requires of them.
struct GenericSignature {
  /// Counts, then one byte for each parameter, then the requirements.
  private let address: UnsafeRawPointer

  init(_ address: UnsafeRawPointer) { self.address = address }

  private static let headerSize = 8
  private static let requirementSize = 12
  /// The byte of a type parameter for which the metadata holds an argument. Packs and values have other bytes.
  private static let plainParameter: UInt8 = 0x80

  private var parameterCount: Int { Int(address.load(as: UInt16.self)) }
  private var requirementCount: Int { Int(address.load(fromByteOffset: 2, as: UInt16.self)) }
  /// Types and witness tables together.
  var argumentCount: Int { Int(address.load(fromByteOffset: 4, as: UInt16.self)) }

  /// How many types the metadata is made from; nil when a parameter is a pack, a value, or bound to another.
  var typeCount: Int? {
    let bytes = UnsafeRawBufferPointer(start: address + Self.headerSize, count: parameterCount)
    return bytes.allSatisfy { $0 == Self.plainParameter } ? parameterCount : nil
  }

  private enum RequirementKind: UInt32 {
    case conformance = 0
    case sameType = 1
    case superclass = 2
    case layout = 0x1F
  }

  /// The witness tables by which `types` fulfil the requirements, in the order in which the accessor takes them; nil when
  /// they do not fulfil them.
  func witnesses(for types: [Metadata]) -> [UnsafeRawPointer]? {
    let environment = GenericEnvironment(levels: [types])
    var tables: [UnsafeRawPointer] = []
    for index in 0..<requirementCount {
      let requirement =
        address + (Self.headerSize + parameterCount).aligned(to: 4) + index * Self.requirementSize
      let flags = requirement.load(as: UInt32.self)
      guard let name = (requirement + 4).relativeTarget.map(MangledName.init),
        let subject = environment.type(named: name)
      else { return nil }
      switch RequirementKind(rawValue: flags & 0x1F) {
      case .conformance:
        // Marker protocols such as Sendable have no table and leave no trace at run time.
        guard flags & 0x80 != 0 else { continue }
        guard let conformance = (requirement + 8).relativeIndirectableTarget,
          let table = swift_conformsToProtocol(subject.address, conformance)
        else { return nil }
        tables.append(table)
      case .sameType:
        guard let other = (requirement + 8).relativeTarget.map(MangledName.init),
          environment.type(named: other) == subject
        else { return nil }
      case .superclass, .layout:
        guard subject.kind == .class else { return nil }
      case nil: continue
      }
    }
    return tables.count + types.count == argumentCount ? tables : nil
  }
}
