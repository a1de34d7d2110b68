import Painter
import Samplers
import Tensors
import Training

/// Painted pictures with what they show, as the classifier learns from them.
struct PaintedPictures: BatchSource {
    /// What may be done to a picture before it is looked at.
    enum Treatment {
        /// Mirrored or not; half of them blurred and noised as an autoencoder's are.
        case varied
        case untouched
        /// As soft as an autoencoder's pictures.
        case softened
    }

    let numbers: Range<Int>
    let batchSize: Int
    var world = ClassifierWorld.scenes
    var treatment = Treatment.varied
    var seed: UInt64 = 1

    func batch(step: Int) throws -> [HostTensor] {
        let size = ClassifierNetwork.pictureSize
        var (pixels, truth): ([Float], [Float]) = ([], [])
        pixels.reserveCapacity(batchSize * size * size * 3)
        for row in 0..<batchSize {
            // Each picture once before any comes again.
            let number = numbers.lowerBound + (step * batchSize + row) % numbers.count
            let scene = Scene(seed: UInt64(number))
            let isCyanotype = world == .scenesAndCyanotype && Self.isCyanotype(number)
            let painting = try isCyanotype ? Cyanotype.print(scene, size: size) : scene.paint(size: size)
            var picture = SquarePixels(size: size, values: painting.pixels.map { Float($0) / 127.5 - 1 })
            let chance = Philox4x32(seed: seed).block(
                SIMD4(UInt32(truncatingIfNeeded: number), UInt32(step), 0, 0))
            switch treatment {
            case .untouched: break
            case .softened: picture.blur(strength: 1)
            case .varied:
                if chance[0] & 1 == 1 { picture.mirror() }
                if chance[1] & 1 == 1 {
                    picture.blur(strength: Float(chance[2] >> 8) * 0x1p-24)
                    picture.addNoise(
                        deviation: Float(chance[3] >> 8) * 0x1p-24 * 0.08, seed: UInt64(chance[2]))
                }
            }
            pixels += picture.values
            truth += columns(of: scene, isCyanotype: isCyanotype)
        }
        return [
            HostTensor(pixels, shape: [batchSize, size, size, 3]),
            HostTensor(truth, shape: [batchSize, world.columnCount]),
        ]
    }

    /// A quarter of the pictures are printed, so that what they show is learned as well.
    static func isCyanotype(_ number: Int) -> Bool { number % 4 == 0 }

    private func columns(of scene: Scene, isCyanotype: Bool) -> [Float] {
        var columns = [Float](repeating: 0, count: world.columnCount)
        for attribute in PictureAttribute.allCases {
            let value =
                isCyanotype && attribute == .medium ? ClassifierWorld.cyanotype : attribute.value(of: scene)
            columns[world.columns(attribute).lowerBound + value] = 1
        }
        return columns
    }
}
