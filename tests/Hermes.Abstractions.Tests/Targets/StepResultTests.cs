using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Abstractions.Tests.Targets;

public sealed class StepResultTests
{
    [Fact]
    public async Task Plain_values_come_back_as_they_are()
    {
        await ComesBackAsync(true);
        await ComesBackAsync(5);
        await ComesBackAsync(long.MaxValue);
        await ComesBackAsync(1.5);
        await ComesBackAsync(2.50m);
        await ComesBackAsync("text");
        await ComesBackAsync<string?>(null);
        await ComesBackAsync(new DateTime(2024, 2, 29, 1, 2, 3));
        await ComesBackAsync(new byte[] { 1, 2 });
        await ComesBackAsync(Value.From(ValueList.Create([1, "two"])));
        await ComesBackAsync(Value.Null);
    }

    [Fact]
    public async Task A_result_that_cannot_be_remembered_is_refused_before_the_work_begins()
    {
        var begun = false;

        var step = () => new Context().StepAsync(
            "create",
            _ =>
            {
                begun = true;
                return ValueTask.FromResult(new Uri("http://localhost"));
            },
            default).AsTask();

        (await step.Should().ThrowAsync<NotSupportedException>()).WithMessage("*'create' is a Uri*JSON*");
        begun.Should().BeFalse();
    }

    [Fact]
    public async Task A_step_that_returned_another_type_before_is_told()
    {
        var context = new Context();
        await context.StepAsync("create", _ => ValueTask.FromResult("text"), default);

        var step = () => context.StepAsync("create", _ => ValueTask.FromResult(1L), default).AsTask();

        (await step.Should().ThrowAsync<InvalidOperationException>()).WithMessage("The step 'create' returned a String in an earlier attempt*another name*");
    }

    private static async Task ComesBackAsync<T>(T result)
    {
        var context = new Context();
        (await context.StepAsync("s", _ => ValueTask.FromResult(result), default)).Should().BeEquivalentTo(result);
        (await context.StepAsync<T>("s", _ => throw new InvalidOperationException("It ran again."), default)).Should().BeEquivalentTo(result);
    }

    private sealed class Context : TargetContext
    {
        private readonly Dictionary<string, Value> _results = [];

        public override bool IsRedelivery => false;

        public override int Attempt => 1;

        public override string ChangeId => "";

        public override string? Link => null;

        public override ValueTask SetLinkAsync(string link, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public override ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken) => default;

        public override ValueTask<string?> FindLinkAsync(string type, EntryKey key, CancellationToken cancellationToken) => default;

        public override ValueTask<IReadOnlyList<ReferencedEntry>> FindReferencesAsync(Entry entry, string attribute, CancellationToken cancellationToken) => new([]);

        public override async ValueTask<Value> RunStepAsync(
            string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken) =>
            _results.TryGetValue(name, out var known) ? known : _results[name] = await work(cancellationToken);

        public override ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
            work(cancellationToken);

        public override ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
            work(cancellationToken);

        public override ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) => new((Entry?)null);

        public override IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, CancellationToken cancellationToken) =>
            AsyncEnumerable.Empty<KeyValuePair<EntryKey, Entry>>();
    }
}
