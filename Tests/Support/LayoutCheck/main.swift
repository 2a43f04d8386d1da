import FlintCore
import FlintLayout
import Glibc
import LayoutSamples

// Sends random rows of every sample through both forms, by what is known of memory and by interfaces alone, in batches of
// several sizes. Prints what is wrong, and at the end how much was done.
var types = 0
var failures = 0
// Of all layouts together; equal in every process and build.
var fingerprint: UInt64 = 0
for sample in Sample.all {
  types += 1
  fingerprint = fingerprint &* 31 &+ (try sample.fingerprint())
  for form in BlockForm.allCases {
    for usesInterfaces in [false, true] {
      for count in [0, 1, 2, 7, 8, 9, 100, 400] {
        do throws(FlintError) {
          guard let wrong = try sample.roundTrip(count, form, usesInterfaces) else { continue }
          print("\(sample.name), \(count) rows, \(form), interfaces \(usesInterfaces): \(wrong)")
        } catch {
          print("\(sample.name), \(count) rows, \(form), interfaces \(usesInterfaces): \(error)")
        }
        failures += 1
      }
    }
  }
}
RowLayout.forgetAll()
print("layouts=\(fingerprint)")
print("types=\(types) failures=\(failures)")
exit(failures == 0 ? 0 : 1)
