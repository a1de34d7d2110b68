import Bars
import Foundation

/// What the service itself costs: jobs from parsing to the stored picture, over a device that draws nothing.
struct CostRun {
    let settings: FloodSettings

    /// Callers who wait for their pictures, each with one at a time.
    private static let callerCount = 8

    /// Seconds of processor time for each job, all threads together.
    func measure() async throws -> Double {
        let folder = try ServiceFolder("cost")
        try folder.write(plans: [FloodRun.plan])
        let keys = try await folder.makeKeys(Self.callerCount, plan: FloodRun.plan.name)
        let service = try await ServedOndol(
            program: CommandLine.arguments[0],
            arguments: ["idle-server", "--data", folder.path, "--port", "\(settings.port)"],
            folder: folder.path)
        defer { service.kill() }
        let client = OndolClient(port: service.port)
        // What happens once, as opening connections and files, is over by then.
        try await draw(max(8, settings.jobs / 10), keys, client)
        let before = try service.processorSeconds()
        let start = Uptime.seconds()
        try await draw(settings.jobs, keys, client)
        let seconds = Uptime.seconds() - start
        let used = try service.processorSeconds() - before
        note(String(format: "%d jobs in %.1f s, %.2f s of processor time", settings.jobs, seconds, used))
        return used / Double(settings.jobs)
    }

    private func draw(_ count: Int, _ keys: [ServiceFolder.Key], _ client: OndolClient) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for (number, key) in keys.enumerated() {
                group.addTask {
                    for job in stride(from: number, to: count, by: keys.count) {
                        let answer = try await client.send(
                            .POST, "/v1/images/generations", key: key.text,
                            body: #"{"prompt":"\#(Prompts.prompt(UInt64(job)))","response_format":"url"}"#)
                        guard answer.status == 200 else {
                            throw BenchError("a picture was answered with status \(answer.status)")
                        }
                    }
                }
            }
        }
    }
}
