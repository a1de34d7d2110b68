import Bars
import DiffusionModels
import Foundation

extension Measurement {
    /// Everything there is, in the order of the table.
    static let all =
        [
            unetStep(against: "torch", 0.75), unetStep(against: "openvino", 1.4), picture, secondStart,
            memory, training,
        ]
        + quality

    /// Our time for a UNet step of Stable Diffusion 1.5's size as a part of a peer's.
    private static func unetStep(against backend: String, _ limit: Double) -> Measurement {
        Measurement("unet-step-\(backend)", .atMost(limit)) { settings in
            let unet = "\(try settings.largeModel())/unet"
            let ours = try settings.worker("unet", ["--folder", unet])
            // Not both at once: making one ready takes all processors, and three times the weights' memory.
            let peer = try settings.peer("unet", ["--folder", unet, "--backend", backend])
            return try Contest(ours, against: peer, turns: settings.turns).ratio
        }
    }

    /// Our time for a whole picture of the built-in model as a part of the peer's.
    private static let picture = Measurement("picture", .atMost(0.7)) { settings in
        guard let model = try settings.openedModel() else { return nil }
        let size = model.unet.sampleSize * model.autoencoder.downsamplingFactor
        let arguments = ["--folder", model.path, "--size", "\(size)", "--steps", "20"]
        return try Contest(
            settings.worker("picture", arguments), against: settings.peer("pipeline", arguments),
            turns: settings.turns
        ).ratio
    }

    /// Seconds of `ondol generate` with one step, programs in the cache, over those of `ondol --version`.
    ///
    /// What follows the first step, decoding and writing, is in it too.
    private static let secondStart = Measurement("second-start", .atMost(1)) { settings in
        guard let model = try settings.openedModel() else { return nil }
        guard FileManager.default.isExecutableFile(atPath: settings.ondol) else {
            throw BenchError("there is no \(settings.ondol); `make build` makes it")
        }
        let picture = "\(BenchFolders.state)/second-start.png"
        func seconds(_ name: String, _ arguments: [String]) throws -> Double {
            try Turns.seconds {
                try Contestant(
                    name, program: settings.ondol, arguments: arguments, threads: settings.threads
                ).endWell()
            }
        }
        func draw() throws -> Double {
            try seconds(
                "ondol-generate",
                [
                    "generate", PictureWorker.prompt, "--model", model.path, "--steps", "1", "--seed", "1",
                    "--out", picture,
                ])
        }
        func nothing() throws -> Double { try seconds("ondol-version", ["--version"]) }
        _ = (try draw(), try nothing())
        let times = try (0..<settings.turns).map { _ in (try draw(), try nothing()) }
        let (drawing, idle) = (times.map(\.0).median, times.map(\.1).median)
        note(String(format: "a picture of one step %.3f s, nothing %.3f s", drawing, idle))
        return drawing - idle
    }

    /// The most memory of a process that draws 512 pixels a side at Stable Diffusion 1.5's size, as a part of
    /// 1.25 times the weights in 32 bits and a gigabyte: where it compiles its programs, and where it finds them.
    private static let memory = Measurement([
        Row("memory-first-start", .atMost(1)), Row("memory", .atMost(1)),
    ]) { settings in
        let cache = "\(BenchFolders.state)/memory-cache"
        try? FileManager.default.removeItem(atPath: cache)
        defer { try? FileManager.default.removeItem(atPath: cache) }
        let folder = try settings.largeModel()
        return try (0..<2).map { _ in
            let worker = try settings.worker(
                "memory", ["--folder", folder, "--size", "512", "--steps", "2", "--cache", cache])
            defer { worker.end() }
            let answer = try worker.answer()
            let peak = try worker.number("peakBytes", in: answer)
            let weights = try worker.number("weightBytes", in: answer)
            let allowed = 1.25 * weights + 1e9
            let numbers = [peak, weights, allowed].map { String(format: "%.2f GB", $0 / 1e9) }
            note("peak \(numbers[0]), weights \(numbers[1]), allowed \(numbers[2])")
            return peak / allowed
        }
    }

    /// Our training steps a second on the built-in model's UNet as a multiple of the peer's.
    private static let training = Measurement("training", .atLeast(1.5)) { settings in
        guard let model = try settings.openedModel() else { return nil }
        let batch = ["--batch", "16", "--size", "\(model.unet.sampleSize)"]
        let tokens = "\(model.textEncoder.maximumTokens)"
        let folder = model.folder(of: .unet)
        let contest = try Contest(
            settings.worker("training", ["--folder", folder, "--tokens", tokens] + batch),
            against: settings.peer("training", ["--folder", folder, "--context-length", tokens] + batch),
            turns: settings.turns)
        return 1 / contest.ratio
    }
}

extension BenchSettings {
    /// The folder of the large model, made where it is not there.
    func largeModel() throws -> String {
        try SyntheticModel.stableDiffusion.write(to: large)
        return large
    }
}

extension [Double] {
    /// The middle one.
    var median: Double { sorted()[count / 2] }
}
