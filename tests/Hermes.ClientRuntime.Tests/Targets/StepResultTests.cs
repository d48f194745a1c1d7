using System.Text.Json.Serialization;
using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Targets;

public sealed partial class StepResultTests : ClientTest
{
    [Theory]
    [InlineData(FaultKind.Transient)]
    [InlineData(FaultKind.Permanent)]
    public async Task A_retry_gets_what_a_step_returned_and_does_not_run_it_again(FaultKind fault)
    {
        var target = new NumberingTarget(fault) { Failures = 1 };
        await StartAsync(target);

        await Harness.Control.RetryAllAsync();

        target.Numbers.Should().Equal(1, 1);
        target.Runs.Should().Be(1);
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task The_result_survives_stops_and_kills()
    {
        var target = new NumberingTarget(FaultKind.Permanent) { Failures = 3 };
        await StartAsync(target);

        await Harness.StopAsync();
        await Harness.StartAsync(target, Model);
        await Harness.Control.RetryAllAsync();
        await Harness.KillAsync();
        await Harness.StartAsync(target, Model);
        await Harness.Control.RetryAllAsync();
        await Harness.Control.RetryAllAsync();

        target.Numbers.Should().HaveCountGreaterThan(2).And.AllBeEquivalentTo(1L);
        target.Accounts.Distinct().Should().Equal(new Account("ada", 7));
        target.Runs.Should().Be(1);
        (await Harness.Control.ListErrorQueueAsync()).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Another_change_gets_a_result_of_its_own()
    {
        var target = new NumberingTarget(FaultKind.Permanent);
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"));
        await Harness.StartAsync(target, Model);
        await Harness.AppliedAsync();

        target.Numbers.Should().Equal(1, 2);
    }

    private async Task StartAsync(NumberingTarget target)
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"));
        await Harness.StartAsync(target, Model);
        await Harness.AppliedAsync();
    }

    // The clock of the test stands still, so what waits for it would wait for ever.
    private static void Model(IHermesClientBuilder client) => client.Model().Configure(options => options.TargetRetryDelay = TimeSpan.Zero);

    internal sealed record Account(string Login, int Shelf);

    [JsonSerializable(typeof(Account))]
    private sealed partial class Json : JsonSerializerContext;

    private sealed class NumberingTarget(FaultKind fault) : IClientTarget
    {
        public int Failures { get; set; }

        public int Runs { get; private set; }

        public List<long> Numbers { get; } = [];

        public List<Account> Accounts { get; } = [];

        public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
        {
            var number = await context.StepAsync("number", _ => ValueTask.FromResult<long>(++Runs), cancellationToken);
            var account = await context.StepAsync("account", _ => ValueTask.FromResult(new Account("ada", 7)), Json.Default.Account, cancellationToken);
            Numbers.Add(number);
            Accounts.Add(account);
            if (Failures-- > 0)
                throw new TargetException("not yet", fault);
        }
    }
}
