import FoundationEssentials
import Training

/// What a training run was set to, kept in its folder as `settings.json` for the training record.
struct RunDescription: Codable {
    let settings: TrainingSettings
    let batchSize: Int
    /// How many pictures were drawn from, counted from the recipe's first.
    let pictures: Int
    /// The kind of device, as the plugin names it.
    let device: String
    /// Height and width of what was cut out of each picture, where pixels were trained on.
    var crop: Int?
    /// The weights of the loss's parts, where it has several.
    var lossWeights: [String: Double]?

    /// Writes the description; a run that goes on replaces it.
    func write(to folder: String) throws {
        try JSONEncoder().encode(self).write(to: URL(filePath: "\(folder)/settings.json"), options: .atomic)
    }

    /// The description in a run's folder, or nil where there is none that can be read.
    static func read(from folder: String) -> RunDescription? {
        FileManager.default.contents(atPath: "\(folder)/settings.json").flatMap {
            try? JSONDecoder().decode(RunDescription.self, from: $0)
        }
    }
}
