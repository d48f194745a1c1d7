using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Model;
using Hermes.Diff.Model.Options;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Tests.Kit;

/// <summary>A server without its shell: a model, a state, and rows per "Type/source".</summary>
internal sealed class Server(ServerModelOptions options, ITemplateEngine? engine = null)
{
    private readonly Dictionary<string, List<SourceRow>> _rows = [];

    public ServerModel Model { get; private set; } = ServerModel.Build(options, engine ?? new FakeEngine(), "Server");

    public MemoryState State { get; } = new();

    public PollReport Report { get; private set; } = null!;

    public List<SourceOperation> Operations { get; } = [];

    public Server Rows(string source, params IEnumerable<Entry> rows)
    {
        var columns = new RowColumns(Model.Types.SelectMany(type => type.Sources).Single(candidate => candidate.ToString() == source).RemoteAttributes);
        _rows[source] = [.. rows.Select(row => new SourceRow(columns, [.. columns.Names.Select(row.Get)]))];
        return this;
    }

    public Server RawRows(string source, params IEnumerable<SourceRow> rows)
    {
        _rows[source] = [.. rows];
        return this;
    }

    /// <summary>The rows that a source returns, without a poll.</summary>
    public IReadOnlyList<SourceRow> RowsOf(string source) => _rows[source];

    /// <summary>How many rows come at once; a key may stand twice in one batch or in two.</summary>
    public int RowsAtOnce { get; init; } = 3;

    /// <summary>Which attributes, by name, are set aside when entries lose them.</summary>
    public Func<string, bool>? Watched { get; set; }

    /// <summary>Whether what is cached of an attribute stays.</summary>
    public Func<LostAttribute, bool> Holds { get; set; } = _ => false;

    /// <summary>The attributes that entries lost in the last poll.</summary>
    public IReadOnlyList<LostAttribute> Lost { get; private set; } = [];

    /// <summary>What was set aside in the last poll.</summary>
    public IReadOnlyList<byte[]> SetAside { get; private set; } = [];

    /// <summary>Polls, stores and commits.</summary>
    /// <returns>What was told, in order.</returns>
    public ImmutableArray<Change> Poll(Func<Poll, IReadOnlyList<RemovedEntry>, bool>? beforeStore = null)
    {
        State.Drop();
        var poll = new Poll(Model, State);
        var run = new PollRunner(poll, State);
        if (Watched is not null)
            run.Watch(Watched);
        foreach (var source in poll.Sources)
        {
            Operations.Add(poll.Prepare(source, State.ReadAll(source.Type)));
            foreach (var rows in _rows.GetValueOrDefault(source.ToString(), []).Chunk(RowsAtOnce))
                run.Add(new RowBatch(source, rows, IsLast: false));
            run.Add(new RowBatch(source, default, IsLast: true));
        }

        run.Finish(Holds, default);
        (Lost, SetAside) = (run.Lost, run.SetAside);
        Report = poll.Report;
        var changes = State.Staged;
        if (beforeStore?.Invoke(poll, run.Removed) != false)
        {
            State.Store();
            poll.Commit();
        }

        return changes;
    }

    /// <summary>Starts again with the same state and maybe another model.</summary>
    public void Restart(ServerModelOptions? changed = null)
    {
        Model = ServerModel.Build(changed ?? options, engine ?? new FakeEngine(), "Server");
        State.Restart(Model);
    }

    public TypeReport ReportOf(string type) => Report.Types.Single(report => report.Type.Name == type);
}
