import DiffusionModels
import Painter

/// The recipes there are.
extension HanjiRecipe {
    /// By name, in order of their making. One never changes once a model has been trained to it.
    static let all = [HanjiRecipe(), hanji256]

    /// Their names, for a sentence.
    static let names = all.map(\.name).joined(separator: " or ")

    /// The recipe of that name; nil where there is none.
    static func named(_ name: String) -> HanjiRecipe? { all.first { $0.name == name } }

    /// The painter's second edition at 256 pixels a side.
    static let hanji256 = {
        var recipe = HanjiRecipe()
        recipe.name = "hanji-256"
        recipe.edition = .second
        recipe.pictureSize = 256
        recipe.vocabularySize = 4096

        // Nothing attends across places, so that what is learned on small squares holds at every size and format.
        recipe.autoencoder.latentChannels = 32
        recipe.autoencoder.blockChannels = [32, 48, 80, 128, 128]
        recipe.autoencoder.middleAttends = false

        recipe.unet.inputChannels = 32
        recipe.unet.outputChannels = 32
        recipe.unet.sampleSize = 16
        recipe.unet.blockChannels = [160, 288]
        recipe.unet.heads = [5, 9]
        recipe.unet.crossAttentionWidth = 224

        recipe.textEncoder.vocabularySize = 4096
        recipe.textEncoder.maximumTokens = 64
        recipe.textEncoder.width = 224
        recipe.textEncoder.hiddenWidth = 896
        recipe.textEncoder.heads = 7
        return recipe
    }()
}
