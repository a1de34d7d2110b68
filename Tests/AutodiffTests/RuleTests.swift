import ProgramRunning
import Testing

/// Every row of the table of rules against central differences.
@Suite(.enabled(if: ProgramRunner.isAvailable)) struct RuleTests {
    @Test(arguments: GradientCase.elementwise) func elementwise(_ each: GradientCase) throws {
        try each.check()
    }
    @Test(arguments: GradientCase.linear) func linear(_ each: GradientCase) throws { try each.check() }
    @Test(arguments: GradientCase.convolutions) func convolution(_ each: GradientCase) throws {
        try each.check()
    }
    @Test(arguments: GradientCase.movement) func movement(_ each: GradientCase) throws { try each.check() }
    @Test(arguments: GradientCase.reductions) func reduction(_ each: GradientCase) throws { try each.check() }
    @Test(arguments: GradientCase.indexing) func indexing(_ each: GradientCase) throws { try each.check() }
    @Test(arguments: GradientCase.networks) func network(_ each: GradientCase) throws { try each.check() }
}
