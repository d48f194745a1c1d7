using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Reporting;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Describes the changes, and stores nothing.</summary>
internal sealed class Preview(ServerServices server, int maxChangesPerType) : IPollStep
{
    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        var session = server.Session;
        var previewed = new PreviewedChanges(server.Settings, maxChangesPerType);
        var removals = new List<RemovedEntry>();
        await foreach (var batch in poll.Changes)
        {
            var described = previewed.Add(batch);
            await session.GiveAsync(described, cancellationToken);
            previewed.AddRemoved(batch, described);
            removals.AddRange(batch.Changes.OfType<RemovedEntry>());
        }

        var verdict = server.Guard.Judge(removals, poll.Poll);
        poll.Preview = new PollPreview(!session.Header.IsFilled, verdict.Held.Count > 0, previewed.ToTypes(poll.Poll.Report))
        {
            AttributesThatWouldWait = await server.Reports.ShowAsync(poll.Verdict.Attributes.Held, cancellationToken),
        };
    }
}
