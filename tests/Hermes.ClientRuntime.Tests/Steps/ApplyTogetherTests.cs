using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Steps;

public sealed class ApplyTogetherTests : ClientTest
{
    [Fact]
    public async Task Events_of_one_type_and_kind_overlap_and_never_across_a_change_of_type_or_kind()
    {
        var allRead = new TaskCompletionSource();
        var target = new MeetingTarget(3, allRead.Task);
        await Harness.SendInitSyncAsync(
            Campus.Schema, Campus.User("0", "first"), Campus.Group("first", "F"), Campus.Member("0", "first"), Campus.User("1", "a"), Campus.User("2", "b"), Campus.User("3", "c"),
            Campus.Group("x", "X"), Campus.Group("y", "Y"), Campus.Group("z", "Z"));
        await Harness.SendAsync(Campus.Changed("1", ("login", "d")), Campus.Changed("2", ("login", "e")), Campus.Changed("3", ("login", "f")));
        await Harness.StartAsync(target, client => client.Model()
            .UseBus(_ => new AnnouncingConsumer(Harness.Bus.CreateConsumer(), Harness.Bus.Messages[^1].Offset, allRead))
            .Configure(options => options.MaxConcurrency = 3));
        await Harness.AppliedAsync();

        target.Meetings.Should().Equal("Added Users", "Added Groups", "Modified Users");
    }

    [Fact]
    public async Task Events_of_one_entry_keep_their_order_and_a_failure_holds_only_its_own()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "a"), Campus.User("2", "b"), Campus.User("3", "c"));
        Target.Fail(change => change.Key.ToString() == "2");
        await StartAsync(options => options.MaxConcurrency = 8);
        await Harness.SendAsync(Campus.Changed("1", ("login", "d")), Campus.Changed("2", ("login", "e")), Campus.Changed("1", ("login", "f")));
        await Harness.AppliedAsync();

        (await QueueAsync()).Should().Equal("Added Users[2] 1", "Modified Users[2] 0");
        Target.Entries("Users").Should().HaveCount(2);
        Target.Applied.OfType<EntryModified>().Select(change => change.Entry["login"].AsString()).Should().Equal("d", "f");

        Target.Recover();
        await Harness.Control.RetryAllAsync();
        await ShouldBeSettledAsync();
    }

    /// <summary>Says when everything was read ahead.</summary>
    private sealed class AnnouncingConsumer(IMessageBusConsumer inner, BusOffset last, TaskCompletionSource allRead) : IMessageBusConsumer
    {
        public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => inner.GetLastOffsetAsync(cancellationToken);

        public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var message in inner.ReadAsync(start, cancellationToken))
            {
                yield return message;
                if (message.Offset == last && start != BusPosition.Beginning)
                    allRead.TrySetResult();
            }
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Waits in its first calls (the first commit covers three events) until everything is read; then lets a call end only when as many as expected are in it.</summary>
    private sealed class MeetingTarget(int expected, Task allRead) : IClientTarget
    {
        private readonly Lock _gate = new();
        private readonly List<string> _present = [];
        private TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Meetings { get; } = [];

        public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            if (change.Key.ToString() is "0" or "first" || change.Type == "Members")
                return new ValueTask(allRead);
            lock (_gate)
            {
                _present.Add($"{change.Kind} {change.Type}");
                var complete = _complete;
                if (_present.Count == expected)
                {
                    Meetings.Add(_present.Distinct().Single());
                    _present.Clear();
                    _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    complete.SetResult();
                }

                return new ValueTask(complete.Task);
            }
        }
    }
}
