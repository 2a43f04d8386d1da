/// A property that takes any number of values: the option may be repeated, and each text may hold several with commas.
protocol OptionList {
  static var elementType: any Any.Type { get }
  static var empty: Self { get }

  /// The list of what `texts` say, one element each.
  static func read(_ texts: [String]) throws(OptionTextError) -> Self
  /// The elements as they would be written.
  var texts: [String] { get }
}

extension Array: OptionList where Element: Decodable {
  static var elementType: any Any.Type { Element.self }
  static var empty: [Element] { [] }

  static func read(_ texts: [String]) throws(OptionTextError) -> [Element] {
    var elements: [Element] = []
    for text in texts { elements.append(try OptionText.value(text, as: Element.self)) }
    return elements
  }

  var texts: [String] { map { OptionText.text(of: $0) } }
}

extension Set: OptionList where Element: Decodable {
  static var elementType: any Any.Type { Element.self }
  static var empty: Set<Element> { [] }

  static func read(_ texts: [String]) throws(OptionTextError) -> Set<Element> { Set(try [Element].read(texts)) }

  // Sorted, so that a help page is the same each time.
  var texts: [String] { map { OptionText.text(of: $0) }.sorted() }
}
