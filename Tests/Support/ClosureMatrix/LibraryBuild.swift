/// How the library was built that the matrix loads.
enum LibraryBuild: String {
  /// As a user's package.
  case usual
  /// Without `-enable-private-imports`: the optimiser drops metadata.
  case unkept
  /// With `-disable-reflection-metadata`: the compiler describes neither captures nor fields.
  case unreflected
  /// As usual, but the program brings a Swift runtime of its own, and the library another one.
  case foreign
}
