/// A machine as the network sees it.
final class NetworkHost {
  let number: Int
  let name: String
  /// False between a loss of power and the next start.
  var isUp = true
  /// Whether its name is known to others. Streams that are open do not need it.
  var isNamed = true
  var lastPort: UInt16 = 49151

  init(number: Int, name: String) {
    self.number = number
    self.name = name
  }
}
