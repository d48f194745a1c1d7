using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>What the steps of one run hand on to each other.</summary>
internal sealed class PollContext(ServerModel model, ServerSession session)
{
    private Poll? _poll;

    /// <summary>What the poll works out.</summary>
    public Poll Poll => _poll ??= new Poll(model, session.Known);

    /// <summary>The rows of all sources, in batches.</summary>
    public IAsyncEnumerable<RowBatch> Rows { get; set; } = AsyncEnumerable.Empty<RowBatch>();

    /// <summary>The entries as mapped, merged or judged by the step that ran last, in batches.</summary>
    public IAsyncEnumerable<EntryBatch> Entries { get; set; } = AsyncEnumerable.Empty<EntryBatch>();

    /// <summary>How the entries differ from what is cached, in batches.</summary>
    public IAsyncEnumerable<ChangeBatch> Changes { get; set; } = AsyncEnumerable.Empty<ChangeBatch>();

    /// <summary>What became of the removals. Known when the changes were read to their end.</summary>
    public GuardVerdict Verdict { get; set; } = GuardVerdict.None;

    /// <summary>How the poll ended, when it is stored.</summary>
    public PollResult? Result { get; set; }

    /// <summary>What a preview found.</summary>
    public PollPreview? Preview { get; set; }

    /// <summary>
    /// Makes what the poll found the known state, but for the removals that do not go out: the state has the poll, and from here on the index must follow
    /// or be read anew.
    /// </summary>
    public void Remember()
    {
        try
        {
            foreach (var removal in Verdict.Held.Concat(Verdict.Rejected))
                Poll.Keep(removal);
            Poll.Commit();
        }
        catch
        {
            session.Forget();
            throw;
        }
    }
}
