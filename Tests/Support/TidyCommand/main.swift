internal import Glibc
internal import Tidy

/// `tidy ROOT BUILD-FOLDER` prints what the rules find in the repository at ROOT, and ends with 1 when that is anything.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let root = arguments.first, let buildFolder = arguments.last else {
  print("usage: tidy ROOT BUILD-FOLDER")
  exit(2)
}
let findings = try House(root: root, buildFolder: buildFolder, workFolder: buildFolder + "/tidy-work").findings()
findings.forEach { print($0) }
print(findings.isEmpty ? "tidy: nothing found" : "tidy: \(findings.count) found")
exit(findings.isEmpty ? 0 : 1)
