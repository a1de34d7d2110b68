import NeuralNetworks
import Tensors
import Testing
import Training

struct ParameterInitializerTests {
    private func values(
        _ initialization: ParameterSpecification.Initialization, name: String = "a.weight", seed: UInt64 = 1
    ) -> [Float] {
        let specification = ParameterSpecification(
            name: name, storedShape: [100, 400], role: .linear, initialization: initialization)
        return ParameterInitializer(seed: seed).tensor(for: specification).elements(as: Float.self)
    }

    private func statistics(_ values: [Float]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
        let squares = values.reduce(0.0) { sum, value in
            let difference = Double(value) - mean
            return sum + difference * difference
        }
        return (mean, (squares / Double(values.count)).squareRoot())
    }

    @Test("constants are constant")
    func constants() {
        #expect(values(.zeros).allSatisfy { $0 == 0 })
        #expect(values(.ones).allSatisfy { $0 == 1 })
    }

    @Test("normal numbers have the deviation asked for")
    func normal() {
        let (mean, deviation) = statistics(values(.normal(0.02)))
        // 40,000 numbers: five standard errors.
        #expect(abs(mean) < 5 * 0.02 / 200)
        #expect(abs(deviation / 0.02 - 1) < 5 / 282.8)
    }

    @Test("uniform numbers fill ±1/√inputs evenly")
    func uniform() {
        let values = values(.uniformByInputs(1200))
        let (mean, deviation) = statistics(values)
        #expect(values.allSatisfy { abs($0) <= 0.05 })
        #expect(values.max()! > 0.0499 && values.min()! < -0.0499)
        #expect(abs(mean) < 5 * 0.0289 / 200)
        #expect(abs(deviation / (0.05 / 3.0.squareRoot()) - 1) < 0.02)
    }

    @Test("a parameter depends on its name and the seed, and on nothing else")
    func identity() {
        for initialization in [ParameterSpecification.Initialization.normal(1), .uniformByInputs(4)] {
            let first = values(initialization)
            #expect(first == values(initialization))
            #expect(first != values(initialization, name: "b.weight"))
            #expect(first != values(initialization, seed: 2))
        }
    }

    @Test("the tensor lies as the device needs it")
    func shape() {
        let kernel = ParameterSpecification(
            name: "conv.weight", storedShape: [8, 4, 3, 5], role: .convolution("01io"), initialization: .zeros
        )
        #expect(ParameterInitializer(seed: 1).tensor(for: kernel).shape == [3, 5, 4, 8])
    }
}
