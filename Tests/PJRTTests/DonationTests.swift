import Tensors
import Testing

@testable import PJRT

@Suite struct DonationTests {
    private let client: Client
    private let executable: LoadedExecutable
    private let sample = SampleProgram.donation

    init() throws {
        client = try TestPlugin.client()
        executable = try client.compile(sample.text, signature: sample.signature)
    }

    @Test("A donated buffer is used up, the other argument is not")
    func usedUp() throws {
        let buffers = try sample.arguments.map { try client.buffer(from: $0) }
        let results = try executable.execute(buffers)
        #expect(buffers.map(\.isDonated) == [true, false])

        let again = try #require(throws: PJRTError.self) { try executable.execute(buffers) }
        #expect(again.code == .failedPrecondition)
        #expect(again.message.contains("argument 0 was donated"), "\(again)")
        #expect(throws: PJRTError.self) { try buffers[0].waitForHostTensor() }
        #expect(throws: PJRTError.self) { try buffers[0].deviceByteCount() }

        // The other argument serves on, and results feed the next step.
        let next = try executable.execute([results[0], buffers[1]])
        #expect(try next[0].waitForHostTensor().elements(as: Float.self) == [3, 4, 5, 6])
    }

    @Test("A kept argument stays, and the numbers are the same")
    func kept() throws {
        let buffers = try sample.arguments.map { try client.buffer(from: $0) }
        for _ in 0..<2 {
            let results = try executable.execute(buffers, keeping: [0])
            #expect(try results[0].waitForHostTensor().elements(as: Float.self) == [2, 3, 4, 5])
        }
        #expect(try buffers[0].waitForHostTensor().elements(as: Float.self) == [1, 2, 3, 4])
        #expect(!buffers[0].isDonated)
    }

    @Test("A buffer cannot be donated and read in one call")
    func donatedAndRead() throws {
        let buffer = try client.buffer(from: sample.arguments[0])
        let error = try #require(throws: PJRTError.self) { try executable.execute([buffer, buffer]) }
        #expect(error.code == .failedPrecondition)
        // The refusal left the buffer as it was.
        #expect(try buffer.waitForHostTensor().elements(as: Float.self) == [1, 2, 3, 4])
    }

    @Test("Memory shared with a host tensor is never donated")
    func shared() throws {
        let buffers = try sample.arguments.map { try client.buffer(from: $0, transfer: .sharing) }
        let error = try #require(throws: PJRTError.self) { try executable.execute(buffers) }
        #expect(error.message.contains("shares its memory"), "\(error)")
        let results = try executable.execute(buffers, keeping: [0])
        #expect(try results[0].waitForHostTensor().elements(as: Float.self) == [2, 3, 4, 5])
        #expect(sample.arguments[0].elements(as: Float.self) == [1, 2, 3, 4])
    }

    @Test("Donation in place reuses the device's memory, by the compiler's plan")
    func reusesMemory() throws {
        let memory = try #require(try executable.memory())
        #expect(memory.donatedBytes == 16)
        #expect(memory.argumentBytes == 32)
        let plain = try client.compile(SampleProgram.add.text, signature: SampleProgram.add.signature)
        #expect(try plain.memory()?.donatedBytes == 0)
    }

    @Test("The state of use, step by step")
    func stateOfUse() {
        var use = BufferUse(isSharedWithHost: false)
        #expect(use.beginReading() == nil)
        #expect(use.beginReading() == nil)
        #expect(use.donate() == .beingRead)
        use.endReading()
        #expect(use.donate() == .beingRead)
        use.endReading()
        #expect(use.donate() == nil)
        #expect(use.donate() == .donated)
        #expect(use.beginReading() == .donated)
        use.takeBackDonation()
        #expect(use.beginReading() == nil)
        var shared = BufferUse(isSharedWithHost: true)
        #expect(shared.donate() == .sharedWithHost)
        #expect(shared.beginReading() == nil)
    }
}
