/// The spellings of an option's name.
enum OptionName {
  /// As it is shown: `inputGreen` and `input_green` are both `input-green`, `outputURL` is `output-url`.
  static func shown(_ property: String) -> String {
    var name = ""
    var previous: Character?
    for character in property {
      if character == "_" || character == "-" {
        if !name.isEmpty { name += "-" }
      } else if character.isUppercase {
        let startsWord = previous.map { $0.isLowercase || $0.isNumber } ?? false
        name += (startsWord ? "-" : "") + character.lowercased()
      } else {
        name.append(character)
      }
      previous = character
    }
    return name
  }

  /// What all spellings of one name have in common: no upper case, no hyphens, no underscores.
  static func plain(_ spelling: some StringProtocol) -> String {
    spelling.lowercased().filter { $0 != "_" && $0 != "-" }
  }
}
