/// What an output does with what is at its path.
package enum OutputMode: Sendable {
  /// Nothing may be there.
  case new
  /// It takes the place of everything.
  case replacing
  /// Its files are added, and all others stay.
  case adding
  /// Its folders take the place of those of their names, and all others stay.
  case replacingFolders

  /// Whether files of the output stand beside others, and so need names of their own.
  var isBeside: Bool { self == .adding || self == .replacingFolders }
}
