internal import FlintColumns

/// The columns of a file, as its schema describes them.
struct SchemaTree: Sendable {
  /// The columns that can be read, and their order among all.
  private(set) var columns: [ColumnNode] = []
  /// Why the others cannot be read.
  private(set) var unreadable: [(name: String, fault: FormatFault)] = []
  /// All leaves that can be read, by the numbers of their chunks.
  private(set) var leaves: [Int: LeafColumn] = [:]
  /// How many chunks every row group has.
  private(set) var leafCount = 0

  /// Deeper columns are refused.
  private static let maximumDepth = 64

  init(_ elements: [SchemaElement]) throws(FormatFault) {
    guard let root = elements.first, root.type == nil else { throw .damaged("its schema has no root") }
    var builder = Builder(elements: elements)
    guard root.childCount >= 0, root.childCount < elements.count else { throw .damaged("its schema is cut off") }
    for _ in 0..<root.childCount {
      guard builder.next < elements.count else { throw .damaged("its schema is cut off") }
      let name = elements[builder.next].name
      let (start, leaf) = (builder.next, builder.leafCount)
      do throws(FormatFault) {
        columns.append(try builder.node(Place()))
      } catch {
        guard case .unsupported = error else { throw error }
        unreadable.append((name, error))
        // Go on behind the column.
        (builder.next, builder.leafCount) = (start, leaf)
        try builder.skip(depth: 0)
      }
    }
    guard builder.next == elements.count else { throw .damaged("its schema has elements outside of its columns") }
    leaves = builder.leaves
    leafCount = builder.leafCount
  }

  /// Where in the tree a node stands.
  private struct Place {
    var path: [String] = []
    var definition = 0
    var repetition = 0
    var slotLevel = 0

    /// The place of what stands below the element `name`, which is there.
    func inside(_ name: String) -> Place {
      var place = self
      place.path.append(name)
      return place
    }

    /// The place of an element of a list.
    var element: Place {
      var place = self
      place.definition += 1
      place.repetition += 1
      place.slotLevel = place.definition
      return place
    }
  }

  private struct Builder {
    let elements: [SchemaElement]
    var next = 1
    var leafCount = 0
    var leaves: [Int: LeafColumn] = [:]

    init(elements: [SchemaElement]) { self.elements = elements }

    /// Takes the next element with all that is below it.
    mutating func node(_ place: Place) throws(FormatFault) -> ColumnNode {
      let element = try peek(place)
      guard element.repetition == .repeated else { return try single(place) }
      // A repeated element outside of a list stands for one that is never null, nor are its elements.
      let inner = try single(place.element, isRequired: true)
      return ColumnNode(
        field: Field(element.name, .list(Field("element", inner.field.type, isNullable: false)), isNullable: false),
        kind: .list(inner, elementLevel: place.definition + 1), slotLevel: place.slotLevel,
        valueLevel: place.definition, repetition: place.repetition)
    }

    /// Takes an element as one value, whatever it says of its repetition.
    private mutating func single(_ place: Place, isRequired: Bool = false) throws(FormatFault) -> ColumnNode {
      let element = try peek(place)
      next += 1
      let isNullable = !isRequired && element.repetition == .optional
      var inside = place.inside(element.name)
      if isNullable { inside.definition += 1 }
      let (type, kind) = try contents(of: element, inside)
      return ColumnNode(
        field: Field(element.name, type, isNullable: isNullable), kind: kind, slotLevel: place.slotLevel,
        valueLevel: inside.definition, repetition: place.repetition)
    }

    private func peek(_ place: Place) throws(FormatFault) -> SchemaElement {
      guard next < elements.count else { throw .damaged("its schema is cut off") }
      guard place.path.count < SchemaTree.maximumDepth else { throw .unsupported("its columns are nested too deeply") }
      return elements[next]
    }

    private mutating func contents(
      of element: SchemaElement, _ inside: Place
    ) throws(FormatFault) -> (DataType, ColumnNode.Kind) {
      if let physical = element.type {
        guard element.childCount == 0 else { throw .damaged("a column of values has columns below it") }
        let index = leafCount
        leafCount += 1
        let (type, plan) = try element.leafType(physical)
        leaves[index] = LeafColumn(
          index: index, path: inside.path, physical: physical, element: element, type: type, plan: plan,
          slotLevel: inside.slotLevel, definition: inside.definition, repetition: inside.repetition)
        return (type, .leaf(index))
      }
      guard element.childCount > 0 else { throw .unsupported("a structure without fields") }
      guard element.childCount < elements.count else { throw .damaged("its schema is cut off") }
      switch element.logicalType {
      case .list where element.childCount == 1 && repeatedNext: return try list(element, inside)
      case .map where element.childCount == 1 && repeatedNext && hasKeyAndValue: return try map(inside)
      default:
        var parts: [ColumnNode] = []
        for _ in 0..<element.childCount { parts.append(try node(inside)) }
        return (.structure(parts.map(\.field)), .structure(parts))
      }
    }

    private var repeatedNext: Bool { next < elements.count && elements[next].repetition == .repeated }
    private var hasKeyAndValue: Bool { elements[next].type == nil && elements[next].childCount == 2 }

    private mutating func list(
      _ list: SchemaElement, _ inside: Place
    ) throws(FormatFault) -> (DataType, ColumnNode.Kind) {
      let repeated = elements[next]
      let isElement =
        repeated.type != nil || repeated.childCount > 1 || repeated.name == "array"
        || repeated.name == list.name + "_tuple"
        || next + 1 < elements.count && elements[next + 1].repetition == .repeated
      let inner: ColumnNode
      if isElement {
        // Old writers repeat the elements themselves.
        inner = try single(inside.element, isRequired: true)
      } else {
        guard repeated.childCount == 1 else { throw .unsupported("a list without an element") }
        next += 1
        inner = try node(inside.element.inside(repeated.name))
      }
      let field = Field("element", inner.field.type, isNullable: inner.field.isNullable)
      return (.list(field), .list(inner, elementLevel: inside.definition + 1))
    }

    private mutating func map(_ inside: Place) throws(FormatFault) -> (DataType, ColumnNode.Kind) {
      let entries = elements[next]
      next += 1
      let place = inside.element.inside(entries.name)
      let key = try node(place)
      let value = try node(place)
      let type = DataType.map(
        key: Field("key", key.field.type, isNullable: false),
        value: Field("value", value.field.type, isNullable: value.field.isNullable))
      return (type, .map(key, value, elementLevel: inside.definition + 1))
    }

    /// Steps over the next element and all that is below it.
    mutating func skip(depth: Int) throws(FormatFault) {
      guard next < elements.count else { throw .damaged("its schema is cut off") }
      guard depth < 1000 else { throw .damaged("its schema is nested too deeply") }
      let element = elements[next]
      next += 1
      if element.type != nil {
        leafCount += 1
        return
      }
      for _ in 0..<max(0, element.childCount) { try skip(depth: depth + 1) }
    }
  }
}
