import Tensors
import Testing

@testable import Images

@Suite struct PictureTensorTests {
    @Test func everyLevelComesBack() throws {
        let levels = (0...255).map(UInt8.init).flatMap { [$0, 255 - $0, $0] }
        let picture = Picture(width: 64, height: 4, bytes: levels)
        let tensor = picture.tensor()
        #expect(tensor.shape == [1, 4, 64, 3])
        let values: [Float] = tensor.elements()
        #expect(values[0] == -1 && values[1] == 1)
        #expect(try Picture.pictures(of: tensor) == [picture])
    }

    @Test func valuesAreRoundedAndClamped() throws {
        let step = Float(2) / 255
        let values: [Float] = [
            -7, 1.5, .infinity, -.infinity, -1 + step * 0.4, -1 + step * 0.6, 0.999, -0.0, 1e-9,
        ]
        let tensor = HostTensor(values, shape: [1, 1, 3, 3])
        #expect(try Picture.pictures(of: tensor)[0].bytes == [0, 255, 255, 0, 0, 1, 255, 128, 128])
    }

    @Test func batchesKeepTheirOrder() throws {
        let pictures = [samplePicture(), Picture(width: 48, height: 32, filledWith: .black)]
        let tensor = try Picture.tensor(of: pictures)
        #expect(tensor.shape == [2, 32, 48, 3])
        #expect(try Picture.pictures(of: tensor) == pictures)
        #expect(throws: ImagesError.self) { try Picture.tensor(of: []) }
        #expect(throws: ImagesError.self) {
            try Picture.tensor(of: [samplePicture(), samplePicture(width: 2)])
        }
    }

    @Test(arguments: [
        HostTensor(repeating: Float(0), shape: [4, 4, 3]),
        HostTensor(repeating: Float(0), shape: [1, 3, 4, 4]),
        HostTensor(repeating: Float(0), shape: [1, 0, 4, 3]),
        HostTensor(repeating: Float16(0), shape: [1, 4, 4, 3]),
        HostTensor([Float(0), .nan, 0], shape: [1, 1, 1, 3]),
    ])
    func otherTensorsAreRefused(tensor: HostTensor) {
        let error = #expect(throws: ImagesError.self) { try Picture.pictures(of: tensor) }
        #expect(error?.code == .invalidTensor)
    }
}
