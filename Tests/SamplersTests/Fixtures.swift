import FoundationEssentials

/// The files made by `Tools/parity/samplers_fixtures.py`; each names that command.
enum Fixtures {
    struct Case: Decodable {
        let solver: String
        let configuration: String
        let steps: Int
        let eta: Double?
        let strength: Double?
        /// Missing where the reference leaves the finite numbers.
        let timesteps: [Double]?
        /// Latents by the number of steps taken.
        let latents: [String: [Double]]?
    }

    struct Trajectories: Decodable {
        let cases: [Case]
    }

    struct Schedule: Decodable {
        let configuration: String
        let timesteps: [Int]
        let cumulativeAlphas: [UInt32]
        let sum: Double
        let signalToNoise: [Double]
        let epsilonWeight: [Double?]
        let velocityWeight: [Double]
        let velocityOfPicture: [Double]
        let velocityOfNoise: [Double]
    }

    struct Schedules: Decodable {
        let schedules: [Schedule]
    }

    struct Stream: Decodable {
        let seed: UInt64
        let stream: UInt64
        let bits: [UInt32]
    }

    struct Noise: Decodable {
        let streams: [Stream]
    }

    static func read<Value: Decodable>(_ name: String) throws -> Value {
        let file = #filePath
        let folder = file[..<(file.lastIndex(of: "/") ?? file.startIndex)]
        return try JSONDecoder().decode(
            Value.self, from: Data(contentsOf: URL(filePath: folder + "/Fixtures/" + name)))
    }
}
