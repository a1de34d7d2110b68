import Testing

@testable import PJRT

@Suite struct OptionsTests {
    /// Expected bytes worked out by hand from the encoding's description.
    @Test("Compiler options are written as the plugin reads them")
    func compilerOptions() {
        // field 3 (executable_build_options, 15 bytes): device_ordinal -1, num_replicas 1, num_partitions 1
        let build: [UInt8] = [
            0x1A, 15, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x20, 1, 0x28, 1,
        ]
        let portable: [UInt8] = [0x20, 1]
        #expect(CompilerOptions().serialized() == build + portable)

        let options = CompilerOptions(flags: [
            "b": .integer(300), "a": .string("x"), "c": .bool(true), "d": .double(1),
        ])
        let flags: [[UInt8]] = [
            [0x3A, 8, 0x0A, 1, 0x61, 0x12, 3, 0x0A, 1, 0x78],
            [0x3A, 8, 0x0A, 1, 0x62, 0x12, 3, 0x18, 0xAC, 0x02],
            [0x3A, 7, 0x0A, 1, 0x63, 0x12, 2, 0x10, 1],
            [0x3A, 14, 0x0A, 1, 0x64, 0x12, 9, 0x21, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F],
        ]
        #expect(options.serialized() == build + portable + flags.flatMap { $0 })
    }

    @Test("Named options survive the way to C and back")
    func namedOptions() {
        let options = [
            NamedOption("text", .string("값 and text")), NamedOption("empty", .string("")),
            NamedOption("number", .integer(-7)), NamedOption("list", .integers([1, 2, 3])),
            NamedOption("none", .integers([])), NamedOption("fraction", .float(0.9)),
            NamedOption("truth", .bool(true)),
        ]
        #expect(options.withNamedValues { $0.compactMap(NamedOption.init(copying:)) } == options)
    }

    @Test("The CUDA client leaves the screen's memory alone unless told otherwise")
    func clientOptions() {
        #expect(
            ClientOptions.standard(for: .cuda).values == [
                NamedOption("memory_fraction", .float(0.9)), NamedOption("preallocate", .bool(false)),
            ])
        #expect(ClientOptions.standard(for: .cpu).values == [NamedOption("cpu_device_count", .integer(1))])
        #expect(
            ClientOptions.cuda(visibleDevices: [1]).values.last
                == NamedOption("visible_devices", .integers([1])))
    }
}
