import Glibc
import TestSupport
import Testing

@testable import Tensors

@Suite struct SafetensorsTests {
    private static let metadata = ["format": "pt", "제목": "마법 숲\n\"첫 그림\"\u{1}"]
    private static let tensors: [String: HostTensor] = [
        "a.flag": HostTensor([true, false, true], shape: [3]),
        "b.weight": HostTensor([Float](stride(from: -3, to: 3, by: 0.5)), shape: [3, 4]),
        "c.scalar": HostTensor([Int64.min], shape: .scalar),
        "d.empty": HostTensor([UInt8](), shape: [0, 7]),
        "e \\ \"층\"": HostTensor([Float16(0.1), -2], shape: [2, 1]),
        "f.brain": HostTensor([BFloat16(3.5)], shape: [1]),
    ]

    @Test func tensorsComeBackAsWritten() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.safetensors"
            try SafetensorsWriter.write(Self.tensors, metadata: Self.metadata, to: path)
            let file = try SafetensorsFile(path: path)
            #expect(file.metadata == Self.metadata)
            #expect(file.names == Self.tensors.keys.sorted())
            for (name, tensor) in Self.tensors {
                let read = try file.tensor(named: name)
                #expect(read.elementType == tensor.elementType)
                #expect(read.shape == tensor.shape)
                #expect(bytes(of: read) == bytes(of: tensor), "\(name)")
            }
        }
    }

    @Test func fileIsAlignedSortedAndTheSameEachTime() throws {
        try withTemporaryFolder { folder in
            let (first, second) = ("\(folder)/first", "\(folder)/second")
            try SafetensorsWriter.write(Self.tensors, metadata: Self.metadata, to: first)
            try SafetensorsWriter.write(Self.tensors, metadata: Self.metadata, to: second)
            let bytes = readBytes(first)
            #expect(bytes == readBytes(second))
            let headerByteCount = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect((8 + headerByteCount) % 64 == 0)
            for tensor in try SafetensorsFile(path: first).header.tensors {
                let start = 8 + headerByteCount + tensor.byteRange.lowerBound
                #expect(start % tensor.elementType.byteCount == 0, "\(tensor.name) is not aligned")
            }
            #expect(fileNames(in: folder) == ["first", "second"])
        }
    }

    @Test func missingTensorIsNamed() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.safetensors"
            try SafetensorsWriter.write(Self.tensors, to: path)
            let file = try SafetensorsFile(path: path)
            #expect(file.description(of: "b.weight")?.shape == [3, 4])
            #expect(file.description(of: "b.bias") == nil)
            let error = #expect(throws: TensorsError.self) { try file.tensor(named: "b.bias") }
            #expect(error?.code == .tensorNotFound)
            #expect(error?.message.contains("\"b.bias\"") == true)
        }
    }

    @Test func fileThatShrinksWhileOpenIsAnErrorAndNoTrap() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.safetensors"
            try SafetensorsWriter.write(Self.tensors, to: path)
            let file = try SafetensorsFile(path: path)
            #expect(truncate(path, 100) == 0)
            let error = #expect(throws: TensorsError.self) { try file.tensor(named: "b.weight") }
            #expect(error?.code == .cannotRead)
        }
    }

    @Test func truthValuesOtherThanZeroAndOneAreRefused() throws {
        try withTemporaryFolder { folder in
            let header = #"{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#
            let path = "\(folder)/model.safetensors"
            writeBytes(safetensorsBytes(header: Array(header.utf8), dataByteCount: 3), to: path)
            let file = try SafetensorsFile(path: path)
            let error = #expect(throws: TensorsError.self) { try file.tensor(named: "a") }
            #expect(error?.code == .invalidElement)
        }
    }

    @Test(arguments: [
        ("nothing", [], TensorsError.Code.truncated),
        ("seven bytes", [UInt8](repeating: 0, count: 7), .truncated),
        ("no header", [UInt8](repeating: 0, count: 8), .malformedHeader),
        ("a header longer than the file", [64, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8), .truncated),
        ("a header over the limit", [1, 0xE1, 0xF5, 0x05, 0, 0, 0, 0] + Array("{}".utf8), .headerTooLarge),
        ("a header of 2^64-1", [UInt8](repeating: 0xFF, count: 8) + Array("{}".utf8), .headerTooLarge),
        ("an archive", Array("PK\u{3}\u{4}\u{14}\0\0\0\u{8}\0data".utf8), .notSafetensors),
        ("a pickle", [0x80, 2, 0x7D, 0x71, 0, 0x28, 0x58, 5, 0, 0, 0], .notSafetensors),
        (
            "a pointer", Array("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a".utf8),
            .notSafetensors
        ),
    ])
    func otherFilesAreRefused(what: String, bytes: [UInt8], code: TensorsError.Code) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.bin"
            writeBytes(bytes, to: path)
            let error = #expect(throws: TensorsError.self) { try SafetensorsFile(path: path) }
            #expect(error?.code == code, "\(what): \(String(describing: error))")
            #expect(error?.message.hasPrefix(path) == true)
        }
    }

    /// Such a header's length is written with the two bytes that begin a pickle.
    @Test(arguments: [0x0280, 0x0480])
    func headerLengthThatLooksLikeAPickleIsNone(length: Int) throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/model.safetensors"
            let json = Array(#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#.utf8)
            let header = json + [UInt8](repeating: 0x20, count: length - json.count)
            writeBytes(safetensorsBytes(header: header, dataByteCount: 1), to: path)
            let names = try SafetensorsFile(path: path).names
            #expect(names == ["a"])
        }
    }

    @Test func placesThatAreNoFilesAreRefused() throws {
        try withTemporaryFolder { folder in
            mkfifo("\(folder)/pipe", 0o600)
            for path in [folder, "\(folder)/pipe", "\(folder)/missing", "/dev/null"] {
                let error = #expect(throws: TensorsError.self) { try SafetensorsFile(path: path) }
                #expect(error?.code == .cannotOpen, "\(path)")
            }
        }
    }

    @Test func reservedNameIsRefusedBeforeAnythingIsWritten() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: TensorsError.self) {
                try SafetensorsWriter.write(
                    ["__metadata__": HostTensor([Float(1)], shape: [1])], to: "\(folder)/model.safetensors")
            }
            #expect(error?.code == .reservedName)
            #expect(fileNames(in: folder).isEmpty)
        }
    }

    private func bytes(of tensor: HostTensor) -> [UInt8] {
        tensor.withUnsafeBytes { Array($0.prefix(tensor.byteCount)) }
    }
}

/// A safetensors file of a given header and as many bytes of data.
private func safetensorsBytes(header: [UInt8], dataByteCount: Int) -> [UInt8] {
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header
        + (0..<dataByteCount).map { UInt8(truncatingIfNeeded: $0) &+ 1 }
}
