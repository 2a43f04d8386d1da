/// In which order some plans are joined: each by its number.
indirect enum JoinTree {
  case part(Int)
  /// The rows of the first look up in a table of those of the second.
  case join(JoinTree, JoinTree)
}
