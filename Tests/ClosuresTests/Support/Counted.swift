import Synchronization

/// A value with an object that counts itself, behind a number that must not be taken for an object.
struct Counted: Codable, Sendable {
  var number = 1
  let token: Token

  /// `test` tells the tokens of one test from those of others.
  init(test: Int) { token = Token(test) }

  final class Token: Codable, Sendable {
    private static let counts = Mutex<[Int: (made: Int, gone: Int)]>([:])
    private let test: Int

    /// How many tokens there were and how many are gone.
    static func count(test: Int) -> (made: Int, gone: Int) { counts.withLock { $0[test, default: (0, 0)] } }

    init(_ test: Int) {
      self.test = test
      Self.counts.withLock { $0[test, default: (0, 0)].made += 1 }
    }

    convenience init(from decoder: any Decoder) throws { self.init(try Int(from: decoder)) }

    func encode(to encoder: any Encoder) throws { try test.encode(to: encoder) }

    deinit { Self.counts.withLock { $0[test, default: (0, 0)].gone += 1 } }
  }
}
