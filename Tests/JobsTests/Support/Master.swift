/// Where a job runs.
enum Master: String, CaseIterable, CustomStringConvertible {
  case local = "local[2]"
  case cluster = "local-cluster[2,1,1g]"

  var description: String { rawValue }
}
