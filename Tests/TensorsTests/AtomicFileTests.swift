import Glibc
import TestSupport
import Testing

@testable import Tensors

@Suite struct AtomicFileTests {
    @Test func failureInTheMiddleLeavesTheOldFile() throws {
        struct Interruption: Error {}
        try withTemporaryFolder { folder in
            let path = "\(folder)/file"
            writeBytes([1, 2, 3], to: path)
            #expect(throws: Interruption.self) {
                try AtomicFile.write(to: path) { file in
                    try [UInt8](repeating: 9, count: 100).withUnsafeBytes { try file.append($0) }
                    throw Interruption()
                }
            }
            #expect(readBytes(path) == [1, 2, 3])
            #expect(fileNames(in: folder) == ["file"])
        }
    }

    @Test func badPlacesAreRefused() throws {
        try withTemporaryFolder { folder in
            for path in [folder, "\(folder)/missing/file", "/dev/null", "/dev/full", "\(folder)/"] {
                let error = #expect(throws: TensorsError.self) {
                    try [UInt8](repeating: 9, count: 100).withUnsafeBytes {
                        try AtomicFile.write($0, to: path)
                    }
                }
                #expect(error?.code == .cannotWrite, "\(path)")
            }
            #expect(fileNames(in: folder).isEmpty)
        }
    }

    @Test func nameAsLongAsANameMayBeIsWritten() throws {
        try withTemporaryFolder { folder in
            let name = String(repeating: "n", count: 255)
            try [UInt8]([7]).withUnsafeBytes { try AtomicFile.write($0, to: "\(folder)/\(name)") }
            #expect(fileNames(in: folder) == [name])
        }
    }

    /// In a process of its own, because the limit holds for all its threads.
    @Test func fullDiskLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            try withTemporaryFolder { folder in
                let path = "\(folder)/model.safetensors"
                writeBytes([1, 2, 3], to: path)
                limitFileSize(to: 65536)
                do {
                    try SafetensorsWriter.write(
                        ["a": HostTensor(repeating: Float(1), shape: [100_000])], to: path)
                    exit(1)
                } catch let error as TensorsError {
                    guard error.code == .diskFull, error.message.contains(path) else { exit(2) }
                    guard readBytes(path) == [1, 2, 3] else { exit(3) }
                    guard fileNames(in: folder) == ["model.safetensors"] else { exit(4) }
                }
            }
        }
    }
}
