import ArgumentParser
import Provenance

/// What a picture is to say about itself.
struct CredentialOptions: ParsableArguments {
    @Flag(help: "Leave the picture unsigned.")
    var noCredentials = false

    @Option(
        help: ArgumentHelp(
            "Draw the label that a place's rules ask for: korea, european-union, california or china.",
            valueName: "place"))
    var label: LabelPreset?

    @Flag(help: "Write the sentence into credential and metadata.")
    var tellPrompt = false

    @Flag(help: "Write the seed into the credential.")
    var tellSeed = false

    @Flag(inversion: .prefixedNo, help: "Say whether the picture may be used commercially.")
    var commercialUse: Bool?

    @Option(
        help: ArgumentHelp(
            "Say what machines may do with the picture: allowed, no-training or not-allowed.",
            valueName: "wish"))
    var training: TrainingWish?

    @Option(
        help: ArgumentHelp(
            "Certificates to sign with, in PEM, instead of the trial ones; with --key.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("The certificate's private key, in PEM.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Ask this authority for a time stamp, by RFC 3161; within five seconds.", valueName: "address"))
    var timeStamp: String?

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together")
        }
        if noCredentials,
            let useless = [("--certificate", certificate), ("--time-stamp", timeStamp)]
                .first(where: { $0.1 != nil })?.0
        {
            throw ValidationError("\(useless) does nothing with --no-credentials")
        }
    }

    /// Writes the wishes into an origin.
    func apply(to origin: inout PictureOrigin, prompt: String, seed: UInt64) {
        if tellPrompt { origin.prompt = prompt }
        if tellSeed { origin.seed = seed }
        origin.usage = commercialUse.map { UsageGrant(isCommercial: $0) }
        origin.training = training
    }
}

extension LabelPreset: ExpressibleByArgument {}
extension TrainingWish: ExpressibleByArgument {}
