import ArgumentParser
import Samplers
import Testing

@testable import ondol

/// What is asked for on the command line is understood, or refused in a sentence.
struct GenerateCommandTests {
    @Test func allOptionsAreRead() throws {
        let command = try GenerateCommand.parse([
            "a", "girl", "--out", "x.png", "--count", "2", "--seed", "18446744073709551615", "--steps",
            "1000",
            "--guidance", "0", "--sampler", "dpm++2m", "--size", "192x128", "--negative", "fog", "--model",
            "m",
            "--photo", "p.jpg", "--mask", "m.png", "--strength", "1", "--no-finish", "--quiet",
        ])
        #expect(command.prompt == ["a", "girl"])
        #expect((command.out, command.count, command.seed) == ("x.png", 2, .max))
        #expect((command.steps, command.guidance, command.sampler) == (1000, 0, .dpmSolverPlusPlus))
        #expect(command.size?.width == 192 && command.size?.height == 128)
        #expect((command.negative, command.model) == ("fog", "m"))
        #expect((command.photo, command.mask, command.strength) == ("p.jpg", "m.png", 1))
        #expect(command.noFinish && command.quiet)
    }

    @Test func theRestHasDefaults() throws {
        let command = try GenerateCommand.parse(["집", "--size", "256"])
        #expect(command.size?.width == 256 && command.size?.height == 256)
        #expect((command.count, command.steps, command.model) == (1, 20, "hanji"))
        #expect(command.seed == nil && command.sampler == nil && command.photo == nil && !command.noFinish)
    }

    @Test(arguments: [
        [], ["a", "--steps", "0"], ["a", "--steps", "1001"], ["a", "--steps", "many"], ["a", "--count", "0"],
        ["a", "--count", "1001"], ["a", "--guidance", "-1"], ["a", "--guidance", "50.5"],
        ["a", "--guidance", "nan"],
        ["a", "--size", "x"], ["a", "--size", "1x2x3"], ["a", "--size", "12 px"], ["a", "--size", ""],
        ["a", "--sampler", "heun"], ["a", "--strength", "0.5"], ["a", "--mask", "m.png"],
        ["a", "--photo", "p", "--strength", "0"],
        ["a", "--photo", "p", "--strength", "1.01"], ["a", "--photo", "p", "--strength", "nan"],
        ["a", "--seed", "18446744073709551616"], ["a", "--nothing"],
    ])
    func whatIsOutOfRangeIsRefused(arguments: [String]) {
        #expect(throws: (any Error).self) { try GenerateCommand.parse(arguments) }
    }
}
