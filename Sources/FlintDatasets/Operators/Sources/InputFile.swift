/// A file to read.
struct InputFile {
  let path: String
  let size: Int64
}
