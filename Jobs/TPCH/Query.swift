/// One of the benchmark's questions.
struct Query: Sendable {
  let number: Int
  let text: String

  init(_ number: Int, _ text: String) {
    self.number = number
    self.text = text
  }

  /// Its result's file.
  var fileName: String { "q\(number < 10 ? "0" : "")\(number).csv" }
}
