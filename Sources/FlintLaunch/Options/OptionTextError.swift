/// A text that is no value of an option's type. Whoever knows the option's name makes an error for people of it.
struct OptionTextError: Error {
  let text: String
  /// Nil where all is said by what the type expects.
  let why: String?
}
