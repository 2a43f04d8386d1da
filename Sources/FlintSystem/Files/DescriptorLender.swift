package import FlintCore

/// A file of the machine that lends its descriptor, to calls that connect it with another one.
package protocol DescriptorLender: OpenFile {
  /// The descriptor, which stays open until it is given back once. Throws `invalid-argument` for a closed file.
  func lendDescriptor() throws(FlintError) -> CInt
  func takeBackDescriptor()
}

extension SystemFile: DescriptorLender {
  func lendDescriptor() throws(FlintError) -> CInt {
    try enter()
    return descriptor
  }

  func takeBackDescriptor() { leave() }
}
