public import FlintCore
