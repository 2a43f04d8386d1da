public import FlintTasks

/// Whose functions a loop calls that does several transformations at once.
public struct FusedCodes {
  private let codes: [UserCode]
  private let all: UserCode

  /// The functions of `codes`, in the order in which the loop calls them.
  public init(_ codes: [UserCode]) {
    self.codes = codes
    all = UserCode(of: codes)
  }

  /// Leaves the last `count` transformations of `rows` out, which a loop does together with `last`; nil when it cannot.
  init?(leavingOut count: Int, of rows: any RowStream, before last: UserCode) {
    guard count > 0, let left = (rows as? any SteppedStream)?.leaveOut(count) else { return nil }
    self.init(left + [last])
  }

  /// Runs the loop.
  public func run<Result>(_ context: any TaskContext, _ body: () throws -> Result) throws -> Result {
    all.enter(context)
    do { return try body() } catch let failure as StepFailure {
      throw codes[failure.number].failure(failure.cause)
    } catch {
      // What is not said to be another one's is the last one's.
      throw codes[codes.count - 1].failure(error)
    }
  }
}
