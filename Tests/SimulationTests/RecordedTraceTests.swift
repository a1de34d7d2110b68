import Serving
import Simulation
import TestSupport
import Testing

/// Recordings: what is read, what is refused with its line, and that no bytes whatever do harm.
@Suite struct RecordedTraceTests {
    static func read(_ text: String, bounds: RecordedTrace.Bounds = RecordedTrace.Bounds()) throws
        -> RecordedTrace
    {
        try RecordedTrace(csv: Array(text.utf8), bounds: bounds)
    }

    @Test func readsEveryColumn() throws {
        let trace = try Self.read(
            "\u{FEFF}time,user,size,steps,count,model,adapter\r\n100.5,ann,768x512,30,4,base,ink\n"
                + "101,\"bob, the \"\"second\"\"\",,,,,\n\n101,ann,512,,2,base,\n")
        #expect(trace.userCount == 2)
        #expect(trace.requests.map(\.microseconds) == [0, 500_000, 500_000])
        #expect(trace.requests.map(\.user) == [0, 1, 0])
        #expect(trace.requests.map(\.steps) == [30, 0, 0])
        #expect(trace.requests.map(\.count) == [4, 1, 2])
        #expect(
            trace.requests.map { trace.shapes[Int($0.shape)] } == [
                PictureShape(model: "base+ink", width: 768, height: 512),
                PictureShape(model: "model", width: 512, height: 512),
                PictureShape(model: "base", width: 512, height: 512),
            ])
        #expect(trace.pictureCount == 7)
    }

    @Test func theMostFrequentShapeIsTheFirst() throws {
        let trace = try Self.read("time,user,size\n0,a,64\n1,a,128\n2,b,128\n")
        #expect(trace.shapes.map(\.width) == [128, 64])
        #expect(trace.requests.map(\.shape) == [1, 0, 0])
    }

    @Test(arguments: [
        ("", "the recording is empty"), ("time,user\n", "no request after it"),
        ("time\n0\n", "no column user"), ("time,user,colour\n", "cell 3 names no column"),
        ("time,user,time\n", "two columns are named time"),
        ("time,user\n0\n", "line 2 of the recording has 1 cells, and the heading 2"),
        ("time,user\n0,a\n-1,a\n", "line 3 of the recording: time must be"),
        ("time,user\n1e5,a\n", "time must be"), ("time,user\nnan,a\n", "time must be"),
        ("time,user\n5,a\n4.9,a\n", "line 3 of the recording: time goes back"),
        ("time,user\n0,a\n9999999,a\n", "more than a month"), ("time,user\n0,\n", "user must be"),
        ("time,user,size\n0,a,8\n", "size must be"), ("time,user,size\n0,a,512x\n", "size must be"),
        ("time,user,size\n0,a,1x2x3\n", "size must be"), ("time,user,steps\n0,a,0\n", "steps must be"),
        ("time,user,steps\n0,a,1001\n", "steps must be"), ("time,user,count\n0,a,101\n", "count must be"),
        ("time,user,count\n0,a,1.5\n", "count must be"), ("time,user,model\n0,a,a+b\n", "model must be"),
        ("time,user\n0,\"a\n", "a quote that is not closed"),
        ("time,user\n0,a\"b\n", "a quote within a cell"),
        ("time,user\n0,\"a\"b\n", "goes on after a closing quote"),
        ("time,user\n0,a\u{0}b\n", "a control character"),
    ])
    func refuses(text: String, part: String) throws {
        let error = #expect(throws: SimulationError.self) { try Self.read(text) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.code == .invalidRecording)
    }

    @Test func refusesMoreThanTheBounds() throws {
        let text = "time,user,size\n0,a,64\n1,b,128\n2,c,256\n"
        let tooMany: [(inout RecordedTrace.Bounds) -> Void] = [
            { $0.bytes = 10 }, { $0.requests = 2 }, { $0.users = 2 }, { $0.shapes = 2 }, { $0.lineBytes = 5 },
        ]
        for spoil in tooMany {
            var bounds = RecordedTrace.Bounds()
            spoil(&bounds)
            #expect(throws: SimulationError.self) { try Self.read(text, bounds: bounds) }
        }
    }

    @Test func aMessageNeverRepeatsACell() throws {
        let error = #expect(throws: SimulationError.self) {
            try Self.read("time,user,count\n0,somebody@example.org,secret\n")
        }
        #expect(error?.message.contains("secret") == false)
        #expect(error?.message.contains("somebody") == false)
    }

    /// Bytes changed at random are read or refused, and what is read keeps its promises.
    @Test(arguments: 1...400 as ClosedRange<UInt64>)
    func anyBytes(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var bytes = Array("time,user,size,steps,count,model,adapter\n".utf8)
        var time = 0
        for _ in 0..<20 {
            time += Int.random(in: 0...3, using: &chance)
            bytes += Array("\(time).\(Int.random(in: 5...9, using: &chance)),u,64x128,3,2,\"m\",a\n".utf8)
        }
        for _ in 0..<Int.random(in: 1...6, using: &chance) {
            let place = Int.random(in: 0..<bytes.count, using: &chance)
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("\",\n\r+x0".utf8).randomElement(using: &chance) ?? 0, at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + 30))
            }
        }
        do {
            let trace = try RecordedTrace(csv: bytes)
            #expect(!trace.requests.isEmpty, "seed \(seed)")
            for request in trace.requests {
                #expect(trace.shapes.indices.contains(Int(request.shape)), "seed \(seed)")
                #expect((0..<trace.userCount).contains(Int(request.user)), "seed \(seed)")
                #expect((1...100).contains(request.count), "seed \(seed)")
            }
            #expect(
                zip(trace.requests, trace.requests.dropFirst()).allSatisfy {
                    $0.microseconds <= $1.microseconds
                })
        } catch {
            #expect(error.code == .invalidRecording, "seed \(seed)")
        }
    }

    /// A recording is asked as it stands: every picture of it, at its time, by its people.
    @Test func isAskedAgain() throws {
        var text = "time,user,count,model,adapter\n"
        for index in 0..<300 {
            text +=
                "\(index * 2),user\(index % 7),\(1 + index % 3),\(["a", "b", "c"][index / 100]),\(index % 5 == 0 ? "ink" : "")\n"
        }
        let trace = try Self.read(text)
        let report = try Scenario.recorded(trace, on: [DeviceProfile.gpuLike.group(count: 4)], seed: 1).run()
        #expect(report.picturesAsked == trace.pictureCount)
        #expect(report.delivered == trace.pictureCount)
        // Three base models and one adapter to each had to be loaded onto devices that hold two.
        #expect(report.loadingShare > 0)
        #expect(report.tiers.keys.sorted() == ["full"] || report.delivered == trace.pictureCount)
    }
}
