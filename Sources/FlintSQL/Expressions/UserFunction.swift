internal import FlintColumns
internal import FlintDatasets
internal import FlintLayout

/// A function of the program that queries call with columns.
///
/// What travels in a plan is its number; its code travels beside the plan as closures do, and is put back in the task.
struct UserFunction: Sendable {
  /// Computes the rows that count, of columns that have so many; nil for all rows.
  typealias Body = @Sendable (Kernels, [Vector], Selection?, Int) throws -> Vector

  /// Its code, and what tells it from others.
  final class Code: Sendable {
    let body: Body

    init(_ body: @escaping Body) {
      self.body = body
    }
  }

  let name: String
  let site: OperatorSite
  /// What it takes: rows with null where no null is taken have null as their result.
  let arguments: [Field]
  let result: Field
  /// Nil while it travels.
  var code: Code?
  /// Which of those it is that travel with a stage.
  var number = -1
}

extension UserFunction: Hashable {
  static func == (left: UserFunction, right: UserFunction) -> Bool {
    left.code === right.code && left.number == right.number
  }
  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension UserFunction: RowConvertible {
  struct RowForm {
    let name: String
    let site: OperatorSite
    let arguments: [Field]
    let result: Field
    let number: Int
  }

  var rowForm: RowForm { RowForm(name: name, site: site, arguments: arguments, result: result, number: number) }

  init(rowForm: RowForm) {
    self.init(
      name: rowForm.name, site: rowForm.site, arguments: rowForm.arguments, result: rowForm.result,
      number: rowForm.number)
  }
}
