namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>One thing that happens: words for people, and what is done.</summary>
internal sealed record HistoryStep(string Text, Func<HistoryRun, Task> Run)
{
    public static HistoryStep Of(string text, Action<HistoryRun> run) => new(text, history =>
    {
        run(history);
        return Task.CompletedTask;
    });

    public override string ToString() => Text;
}

/// <summary>What happens to a campus, its server and its client. Made from a seed alone; any of its steps can be left out.</summary>
internal sealed record History(int Seed, HistorySettings Settings, bool BusRefusesDuplicates, IReadOnlyList<HistoryStep> Steps)
{
    public override string ToString() => string.Join(
        Environment.NewLine,
        [$"{Settings}, bus refuses duplicates: {BusRefusesDuplicates}", .. Steps.Select((step, index) => $"{index + 1,3}. {step}")]);
}
