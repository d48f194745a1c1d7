using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.Steps;
using Convert = Hermes.ClientRuntime.Steps.Convert;

namespace Hermes.ClientRuntime;

/// <summary>The steps that each message takes, in their order.</summary>
internal sealed class ClientPipeline(Receive receive, ClientSession session, SchemaChange schemaChange)
{
    public IReadOnlyList<IClientStep> Steps { get; } =
    [
        receive,
        new Decode(),
        new Admit(session),
        new Convert(session),
        new Gate(session),
        new Apply(session, schemaChange),
        new Store(session),
    ];

    /// <summary>Takes the next run of messages through all steps.</summary>
    /// <param name="run">Empty; afterwards, it says what was done.</param>
    /// <param name="cancellationToken">The client stops: what is done is stored, and the run is marked as stopped.</param>
    public async ValueTask RunAsync(EventRun run, CancellationToken cancellationToken)
    {
        foreach (var step in Steps)
            await step.RunAsync(run, cancellationToken);
    }
}
