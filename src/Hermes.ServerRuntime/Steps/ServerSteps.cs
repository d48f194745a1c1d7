namespace Hermes.ServerRuntime.Steps;

/// <summary>What a server does, as lists of steps in running order. The first is the poll, as <c>src/README.md</c> draws it.</summary>
internal sealed class ServerSteps(ServerServices server)
{
    /// <summary>Finds what changed, and sends it.</summary>
    public IReadOnlyList<IPollStep> Poll { get; } =
    [
        new Drain(server.Outbox, server.WriteBacks),
        new Fetch(server),
        new Map(server.Session),
        new Merge(server.Session),
        new Integrity(server.Session),
        new Diff(server.Settings, server.Session),
        new Guard(server.Guard),
        new Store(server),
        new Publish(server.Outbox),
        new Commit(server.WriteBacks),
    ];

    /// <summary>The very first poll: it fills the cache and sends nothing.</summary>
    public IReadOnlyList<IPollStep> Fill { get; } =
    [
        new Drain(server.Outbox, server.WriteBacks),
        new Fetch(server),
        new Map(server.Session),
        new Merge(server.Session),
        new Integrity(server.Session),
        new Diff(server.Settings, server.Session),
        new Fill(server),
    ];

    /// <summary>Sends all that is cached.</summary>
    public IReadOnlyList<IPollStep> InitSync { get; } =
    [
        new Drain(server.Outbox, server.WriteBacks),
        new InitSync(server),
        new Publish(server.Outbox),
        new Commit(server.WriteBacks),
    ];

    /// <summary>Tells what a poll would send; nothing of it is stored.</summary>
    public IReadOnlyList<IPollStep> Preview(int maxChangesPerType) =>
    [
        new Fetch(server),
        new Map(server.Session),
        new Merge(server.Session),
        new Integrity(server.Session),
        new Diff(server.Settings, server.Session),
        new Preview(server, maxChangesPerType),
    ];
}
