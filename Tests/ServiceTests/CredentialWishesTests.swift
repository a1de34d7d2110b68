import Provenance
import Serving
import Stores
import Testing
import Worker

@testable import Server
@testable import Service

@Suite struct CredentialWishesTests {
    @Test("The words of the API are those that pictures are labelled by")
    func words() {
        let labels = CredentialRequest.Label.allCases.filter { $0 != .unlabelled }
        #expect(labels.map(\.rawValue) == LabelPreset.allCases.map(\.rawValue))
        let wishes = CredentialRequest.Training.allCases.filter { $0 != .unsaid }
        #expect(wishes.map(\.rawValue) == TrainingWish.allCases.map(\.rawValue))
    }

    /// The wishes that the store has for the worker of what was asked.
    private static func order(
        _ request: CredentialRequest, _ settings: ServiceSettings
    ) async throws -> DrawingOrder {
        let wished = DrawingOrderBox()
        try await TestHouse.run(settings: settings) { house in
            let group = try await house.accept(try house.submission(credential: request))
            let name = try #require(RequestIdentifier(group.reference.text))
            let payload = try #require(try await house.store.request(name, for: .service)?.payload)
            wished.order = try DrawingOrder(payload: payload)
        }
        return try #require(wished.order)
    }

    @Test("Wishes of a request go before the operator's, field by field")
    func merged() async throws {
        var settings = ServiceSettings()
        settings.provenance.tellsPrompt = true
        settings.provenance.training = "no-training"
        settings.provenance.commercialUse = "granted"
        #expect(try await Self.order(CredentialRequest(), settings).credentials == nil)

        var request = CredentialRequest()
        request.tellsSeed = true
        var expected = CredentialWishes(settings.provenance)
        expected.tellsSeed = true
        #expect(try await Self.order(request, settings).credentials == expected)

        request.tellsPrompt = false
        request.training = .unsaid
        request.label = .europeanUnion
        let wishes = try #require(try await Self.order(request, settings).credentials)
        #expect(!wishes.tellsPrompt && wishes.tellsSeed && wishes.training == nil)
        #expect(wishes.label == .europeanUnion && wishes.usage == UsageGrant(isCommercial: true))
    }

    @Test("A label that the operator requires cannot be left out or changed")
    func requiredLabel() async throws {
        var settings = ServiceSettings()
        settings.provenance.label = "korea"
        for label in [CredentialRequest.Label.unlabelled, .china] {
            try await TestHouse.run(settings: settings) { house in
                var request = CredentialRequest()
                request.label = label
                let submission = try house.submission(credential: request)
                guard case .forbidden(let refusal) = try await house.core.generation.submit(submission) else {
                    Issue.record("\(label) was taken")
                    return
                }
                #expect(refusal.code == "label_required" && refusal.param == "ondol.label")
                #expect(house.usage() == LimitUsage())
            }
        }
        var request = CredentialRequest()
        request.label = .korea
        #expect(try await Self.order(request, settings).credentials?.label == .korea)
        settings.provenance.isLabelRequired = false
        request.label = .unlabelled
        let wishes = try #require(try await Self.order(request, settings).credentials)
        #expect(wishes.label == nil)
    }
}

/// Carries an order out of a house.
private final class DrawingOrderBox {
    var order: DrawingOrder?
}
