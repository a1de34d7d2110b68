import Rights

/// All that is recorded of an artist, as the artist reads it.
struct ArtistAnswer: Sendable {
    let report: ArtistReport

    var json: JSONValue {
        [
            "object": "ondol.artist", "id": .string(report.holder.identifier.text),
            "name": .string(report.holder.creditName), "works": .array(report.works.map(work)),
            "agreements": .array(report.agreements.map(agreement)),
            "styles": .array(report.styles.map(style)),
            "owed": .array(
                report.owed.map { ["currency": .string($0.currency.code), "amount": Self.amount($0.micros)] }),
            "months": .array(report.months.map { .string($0.description) }),
        ]
    }

    /// Amounts are texts of exact decimals: a number of JSON need not be exact.
    private static func amount(_ micros: Int64) -> JSONValue { .string(MicroAmount.text(micros)) }

    private static func words(_ text: LocalizedText) -> JSONValue {
        ["ko": .string(text.korean), "en": .string(text.english)]
    }

    private static func second(_ time: Timestamp) -> JSONValue { .integer(Int(time.milliseconds / 1000)) }

    private func work(_ report: ArtistReport.WorkReport) -> JSONValue {
        [
            "id": .string(report.work.identifier.text), "title": .string(report.work.title),
            "file_sha256": .string(report.work.fileHash.hexadecimal), "withdrawn": .bool(report.isWithdrawn),
            "signals": .array(report.work.signals.map(\.rawValue).sorted().map(JSONValue.string)),
            "evidence": .array(report.evidence.map(evidence)),
        ]
    }

    private func evidence(_ evidence: LicenceEvidence) -> JSONValue {
        [
            "title": .string(evidence.title), "document_sha256": .string(evidence.document.hexadecimal),
            "uses": .array(evidence.uses.map(\.rawValue).sorted().map(JSONValue.string)),
            "commercial": .bool(evidence.isCommercial),
            "territories": .array(evidence.territories.sorted().map(JSONValue.string)),
            "from": .string("\(evidence.from)"), "until": JSONValue(evidence.until?.description),
        ]
    }

    private func agreement(_ report: ArtistReport.AgreementReport) -> JSONValue {
        let agreement = report.state.agreement
        var (trainings, drawing) = (0, "none")
        for line in report.state.lines {
            switch line {
            case .training: trainings += 1
            case .drawing(let isCommercial):
                if isCommercial { drawing = "commercial" } else if drawing == "none" { drawing = "private" }
            }
        }
        return [
            "id": .string(agreement.identifier.text),
            "document_sha256": .string(agreement.document.hexadecimal),
            "in_force": .bool(report.isInForce), "terminated": .bool(report.state.isTerminated),
            "from": .string("\(agreement.from)"), "until": JSONValue(agreement.until?.description),
            "ends_on": JSONValue(report.state.endsOn?.description),
            "notice_days": .integer(agreement.noticeDays),
            "share_basis_points": .integer(agreement.holderBasisPoints),
            "fee": Self.amount(agreement.feeMicros), "currency": .string(agreement.currency),
            "trainings": .integer(trainings), "drawing": .string(drawing),
        ]
    }

    private func style(_ report: ArtistReport.StyleReport) -> JSONValue {
        let style = report.style
        return [
            "id": .string(style.identifier.text), "title": Self.words(style.title),
            "stage": .string(style.stage.rawValue), "agreement": .string(style.agreement.text),
            "works": .array(style.works.map(\.text).sorted().map(JSONValue.string)),
            "trainings": .array(
                style.trainings.map { training in
                    [
                        "adapter_sha256": .string(training.adapter.hexadecimal),
                        "base_model": .string(training.baseModel), "works": .integer(training.works.count),
                    ]
                }),
            "obstacle": report.obstacle.map { Self.words($0.reason) } ?? .null,
            "missing": .array(report.missing.map { Self.words($0.message) }),
            "claims": .array(
                report.claims.map {
                    ["created": Self.second($0.made), "status": .string($0.stage.rawValue)]
                }),
        ]
    }

    /// A month's statement.
    static func json(_ statement: MonthlyStatement) -> JSONValue {
        [
            "object": "ondol.statement", "month": .string(statement.month.description),
            "currency": .string(statement.currency.code), "opening": amount(statement.openingMicros),
            "paid": amount(statement.paidMicros), "closing": amount(statement.closingMicros),
            "lines": .array(
                statement.lines.map { line in
                    [
                        "style": .string(line.style.text), "work": .string(line.work.text),
                        "pictures": .integer(line.pictureCount), "earned": amount(line.earnedMicros),
                        "corrected": amount(line.correctedMicros),
                    ]
                }),
        ]
    }
}
