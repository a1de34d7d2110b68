import Serving

extension ServiceSettings {
    /// Every setting but the plans, in the order of the documentation.
    static let fields: [SettingField] =
        serverFields + drawingFields + tierFields + rightsFields + provenanceFields + keepingFields

    private static let day = 86_400.0

    private static let serverFields: [SettingField] = [
        .text("server.host", \.listening.host, "Host name or address to listen at; 0.0.0.0 lets others in."),
        .integer("server.port", \.listening.port, 0...65_535, "Port; 0 takes one that is free."),
        .text(
            "server.public_address", \.listening.publicAddress,
            "What links to pictures begin with, as https://draw.example.org; empty for the address above."),
        .texts(
            "server.allowed_origins", \.listening.allowedOrigins,
            "Origins whose pages may call the API, as [\"https://example.org\"]."),
        .integer(
            "server.maximum_connections", \.listening.maximumConnections, 1...1_000_000,
            "Connections open at once; more wait to be accepted."),
        .number(
            "server.keep_alive_seconds", \.listening.keepAliveSeconds, 1...3600,
            "Seconds after which a silent stream says that it is still there."),
        .integer(
            "server.link_lifetime_seconds", \.listening.linkLifetimeSeconds, 1...604_800,
            "Seconds that a link to a picture works."),
        .integer(
            "server.upload_bytes", \.listening.uploadBytes, 1_000_000...1_000_000_000,
            "Largest body of an edit, in bytes."),
        .texts(
            "server.trusted_proxies", \.listening.trustedProxies,
            "Addresses of proxies whose word on a caller's address is taken, as [\"10.0.0.1\"]."),
        .flag("visitors.allowed", \.visitors.isAllowed, "Whether people without a key may draw at the page."),
        .text("visitors.plan", \.visitors.plan, "Their plan."),
    ]

    private static let drawingFields: [SettingField] = [
        .texts(
            "drawing.models", \.drawing.models,
            "Models served, by name on the shelf or by folder; the first is the default."),
        .integer(
            "drawing.batch_rows", \.drawing.batchRows, 1...64, "Most pictures drawn by one step together."),
        .number(
            "drawing.lease_seconds", \.drawing.leaseSeconds, 5...120,
            "Seconds that a worker's claim on a job lasts without a word."),
        .number(
            "drawing.drain_seconds", \.drawing.drainSeconds, 0...3600,
            "Seconds that running pictures have to end when the service stops; then they wait for the next start."
        ),
        .text(
            "styles.folder", \.styles.folder,
            "Folder of the styles, one folder each; empty for Styles beside Models, or what ONDOL_STYLES names."
        ),
        .integer(
            "styles.kept_megabytes", \.styles.keptMegabytes, 16...65_536,
            "Most megabytes of loaded styles; those used longest ago are read again when they are wanted."),
        .integer(
            "admission.queue_limit", \.admission.queueLimit, 1...10_000_000, "Most pictures that wait."),
        .integer(
            "admission.pictures_per_request", \.admission.picturesPerRequest, 1...100,
            "Most pictures in one request."),
        .integer(
            "admission.ticket_limit", \.admission.ticketLimit, 0...10_000_000,
            "Most places kept for people who were asked to come back."),
        .number(
            "admission.ticket_grace_seconds", \.admission.ticketGraceSeconds, 0...day,
            "Seconds that a kept place outlives its time."),
        .number(
            "admission.longest_retry_seconds", \.admission.longestRetrySeconds, 1...day,
            "Longest wait, in seconds, before a refused caller is told to come back."),
    ]

    private static let tierFields: [SettingField] =
        [
            .numbers(
                "tiers.threshold_seconds", \.tiers.thresholdSeconds, count: 3,
                "Seconds of waiting work for each device from which `auto` gives standard, quick and turbo."),
            .number(
                "tiers.return_share", \.tiers.returnShare, 0.01...0.99,
                "A tier is left upwards below this share of its threshold."),
            .number(
                "tiers.calm_seconds", \.tiers.calmSeconds, 0...3600, "Seconds that it must have been so."),
        ]
        + tierFields(
            "full", \.recipes.full.steps, \.recipes.full.solver, \.recipes.full.guidedShare,
            \.recipes.full.featureInterval)
        + tierFields(
            "standard", \.recipes.standard.steps, \.recipes.standard.solver, \.recipes.standard.guidedShare,
            \.recipes.standard.featureInterval)
        + tierFields(
            "quick", \.recipes.quick.steps, \.recipes.quick.solver, \.recipes.quick.guidedShare,
            \.recipes.quick.featureInterval)
        + tierFields(
            "turbo", \.recipes.turbo.steps, \.recipes.turbo.solver, \.recipes.turbo.guidedShare,
            \.recipes.turbo.featureInterval) + [
            .number(
                "heat.warm_celsius", \.heat.warmCelsius, 1...150,
                "Temperature in °C from which a device takes smaller batches."),
            .number(
                "heat.hot_celsius", \.heat.hotCelsius, 1...150,
                "Temperature in °C from which a device takes no new work."),
            .number(
                "heat.hysteresis_celsius", \.heat.hysteresisCelsius, 0.5...50,
                "Degrees below a threshold at which it is left again."),
            .number(
                "heat.warm_row_share", \.heat.warmRowShare, 0.01...1,
                "Share of a full batch that a warm device takes."),
            .number(
                "heat.stale_seconds", \.heat.staleSeconds, 1...3600,
                "Seconds that a sensor's last word holds."),
        ]

    private static func tierFields(
        _ name: String, _ steps: WritableKeyPath<ServiceSettings, Int> & Sendable,
        _ solver: WritableKeyPath<ServiceSettings, TierRecipe.Solver> & Sendable,
        _ guidedShare: WritableKeyPath<ServiceSettings, Double> & Sendable,
        _ featureInterval: WritableKeyPath<ServiceSettings, Int> & Sendable
    ) -> [SettingField] {
        [
            .integer(
                "tiers.\(name).steps", steps, 1...TierRecipe.stepLimit,
                "Denoising steps of `\(name)`."),
            .choice("tiers.\(name).solver", solver, "Solver of `\(name)`."),
            .number(
                "tiers.\(name).guided_share", guidedShare, 0...1,
                "Share of the steps of `\(name)`, from the first on, that are guided by the prompt."),
            .integer(
                "tiers.\(name).feature_interval", featureInterval, 1...5,
                "Every how many steps of `\(name)` all of the model is computed; those between take over the rest."
            ),
        ]
    }

    private static let provenanceFields: [SettingField] = [
        .flag(
            "provenance.signed", \.provenance.isSigned,
            "Whether pictures bear signed credentials; metadata and labels they get all the same."),
        .text("provenance.provider", \.provenance.provider, "Who provides the service, as pictures name it."),
        .text(
            "provenance.contact", \.provenance.contact,
            "How the provider is reached, as the training summaries of styles name it; empty for nothing."),
        .text(
            "provenance.certificate", \.provenance.certificate,
            "File of the certificates to sign with, in PEM, the signing one first; empty for a trial domain of this data folder."
        ),
        .text(
            "provenance.private_key", \.provenance.privateKey,
            "File of its private key, in PEM, readable by its owner alone."),
        .text(
            "provenance.trust", \.provenance.trust,
            "File of further certificates that are trusted when a picture is verified, in PEM, as the C2PA trust list."
        ),
        .text(
            "provenance.time_stamp_authority", \.provenance.timestampAuthority,
            "Address of an authority that stamps signatures by RFC 3161, as http://timestamp.example.org; empty for none."
        ),
        .number(
            "provenance.time_stamp_seconds", \.provenance.timestampSeconds, 0.1...60,
            "Seconds that it has to answer; then a picture is signed without, and says so."),
        .text(
            "provenance.label", \.provenance.label,
            words: ["none", "korea", "european-union", "california", "china"],
            "Visible label on every picture: none, or as a place's rules want it; Docs/provenance.md says what they want."
        ),
        .flag(
            "provenance.label_required", \.provenance.isLabelRequired,
            "Whether callers may neither leave that label out nor have another; with `none` they may have any."
        ),
        .flag(
            "provenance.tell_prompt", \.provenance.tellsPrompt,
            "Whether pictures tell their prompt where a caller does not say; tell your callers if you set it."
        ),
        .flag(
            "provenance.tell_seed", \.provenance.tellsSeed,
            "Whether pictures tell their seed where a caller does not say."),
        .text(
            "provenance.commercial_use", \.provenance.commercialUse,
            words: ["unsaid", "granted", "not-granted"],
            "What pictures say of commercial use."),
        .text("provenance.terms", \.provenance.terms, "Address of the terms of use; empty for none."),
        .text(
            "provenance.training", \.provenance.training,
            words: ["unsaid", "allowed", "no-training", "not-allowed"],
            "What pictures say of training machines with them where a caller does not say."),
    ]

    private static let rightsFields: [SettingField] = [
        .text(
            "policy.rules", \.policy.rules,
            "File of the rules that requests are judged by, in TOML; empty for those that ship. `ondol policy show` prints them."
        ),
        .integer(
            "policy.utc_offset_minutes", \.policy.utcOffsetMinutes, -720...840,
            "Minutes by which the days of agreements, exceptions and statements are ahead of UTC; 540 in Korea."
        ),
        .text(
            "ledger.currency", \.ledger.currency,
            "Currency of the plans' prices, by the three letters of ISO 4217."),
        .flag(
            "claims.taken", \.claims.areTaken,
            "Whether the page takes claims: anybody's word that something here is theirs."),
        .integer("claims.look_days", \.claims.lookDays, 1...90, "Days within which a claim is looked at."),
        .integer(
            "claims.answer_days", \.claims.answerDays, 1...365, "Days within which a claim is answered."),
        .choice(
            "claims.suspension", \.claims.suspension,
            "When a style stops because of a claim about it, until the answer: never, when-taken-up, which is once an operator looks into it, or at-once."
        ),
    ]

    private static let keepingFields: [SettingField] = [
        .number(
            "retention.picture_seconds", \.pictureSeconds, 60...(3650 * day),
            "Seconds that a picture is kept."),
        .number(
            "retention.prompt_seconds", \.retention.promptSeconds, 0...(3650 * day),
            "Seconds that a prompt is kept after its pictures are done."),
        .number(
            "retention.appeal_seconds", \.retention.appealSeconds, 0...(3650 * day),
            "Seconds that the prompt of an objection is kept which nobody has answered."),
        .number(
            "retention.event_seconds", \.retention.eventSeconds, 0...(3650 * day),
            "Seconds that a request's events are kept after it is over."),
        .number(
            "retention.request_seconds", \.retention.requestSeconds, 0...(3650 * day),
            "Seconds that the rest of a request is kept after it is over."),
        .number(
            "retention.claim_seconds", \.retention.claimSeconds, 0...(3650 * day),
            "Seconds that a claim, who made it and what came with it are kept after its answer."),
        .number(
            "retention.likeness_seconds", \.retention.likenessSeconds, 0...(3650 * day),
            "Seconds that a picture is known again by what it looks like, a hash of 256 bits, when it has lost its credential; the picture itself may be gone by then."
        ),
        .text(
            "log.level", \.log.level,
            words: ["trace", "debug", "info", "notice", "warning", "error", "critical"],
            "From which level on the log is written."),
        .text(
            "log.format", \.log.format, words: ["text", "json"],
            "How its lines look: text for people, json for programs that collect logs."),
        .flag(
            "log.prompts", \.log.hasPrompts,
            "Whether prompts are written to the log; tell your callers if you set it."),
    ]
}
