/// A kind of taxi, and where its files have what the job needs.
enum Service: String {
  case green, yellow

  /// The column of the pickup's time; the same in both.
  var pickup: Int { 1 }

  /// The column of the zone where the trip began.
  var zone: Int {
    switch self {
    case .green: 5
    case .yellow: 7
    }
  }

  /// The column of what was paid in all.
  var total: Int { 16 }
}
