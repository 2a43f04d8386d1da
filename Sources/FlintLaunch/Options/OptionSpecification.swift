/// One option of an application, as its property says.
struct OptionSpecification: Hashable {
  /// The property's coding key.
  let key: String
  /// How one value is written.
  let form: OptionForm
  /// `--name` and `--no-name` are enough.
  let isFlag: Bool
  /// May be repeated, and may hold commas.
  let isList: Bool
  /// The default as it would be written; nil where there is none.
  let standard: String?
  /// Whether the option must be given.
  let isRequired: Bool

  /// How the option is called: `input-green`.
  var name: String { OptionName.shown(key) }

  /// The option for a property of `type`.
  init(key: String, type: any Any.Type, isOptional: Bool, initial: Any?) {
    self.key = key
    let list = type as? any OptionList.Type
    form = OptionForm(of: list?.elementType ?? type)
    isFlag = type is Bool.Type
    isList = list != nil
    isRequired = !isOptional && initial == nil && !isFlag && !isList
    let initialText = initial.map { OptionText.text(of: $0) } ?? ""
    standard = initialText.isEmpty ? nil : initialText
  }
}
