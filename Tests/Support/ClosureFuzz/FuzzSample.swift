import FlintClosures
import FlintCore

/// One valid encoding, and how to decode what becomes of it.
struct FuzzSample {
  let bytes: [UInt8]
  private let decode: ([UInt8]) throws -> Void

  init<Closure: Sendable>(_ closure: Closure) throws {
    bytes = try ShippedClosure.encode(closure)
    decode = { _ = try ShippedClosure.decode($0, as: Closure.self) }
  }

  /// The code of the error, or `decoded`.
  func outcome(of input: [UInt8]) -> String {
    do {
      try decode(input)
      return "decoded"
    } catch let error as FlintError {
      // Which build-id was not found differs each time.
      return error.code == .differentBuild ? error.code.rawValue : "\(error.code.rawValue): \(error.why ?? error.what)"
    } catch {
      return "unexpected \(error)"
    }
  }

  /// Bytes of the head: magic, and the images with name and build-id.
  static func headSize(_ bytes: [UInt8]) -> Int {
    var place = 5
    for _ in 0..<bytes[4] {
      place += 4 + Int(bytes[place])
      place += 1 + Int(bytes[place])
    }
    return place
  }

  struct Mapping<Row, Result>: Sendable { let call: @Sendable (Row) -> Result }
  struct AsyncMapping<Row, Result>: Sendable { let call: @Sendable (Row) async throws -> Result }

  struct Trip: Codable, Sendable, Hashable {
    var fare: Double
    var zone: String
    var limit: Int?
  }
  enum Mode: Sendable, Hashable {
    case flat(Double)
    case named(String, Int)
  }
  final class Coded: Codable, Sendable {
    let names: [String]

    init(_ names: [String]) { self.names = names }
  }

  /// As ``Coded``, but another class: neither stands for the other.
  final class Other: Codable, Sendable {
    let names: [String]

    init(_ names: [String]) { self.names = names }
  }
}
